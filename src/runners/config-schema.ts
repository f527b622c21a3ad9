import * as z from 'zod'
import { suiteNames } from '../benchmarks/registry.ts'
import { protocols } from '../core/verdict.ts'
import { thinkingModes } from '../models/split-thinking.ts'

const name = z.string().min(1)
const perMinute = z.number().positive()
const reference = z.string().regex(/^[\w-]+(:[\w-]+)?$/, 'Expected `benchmark` or `benchmark:edition`')
/** A reference elsewhere would have to be written out into the run folder. */
const plain = z
  .string()
  .min(1)
  .refine((text) => !text.includes('${'), {
    error: `Expected no \${NAME} here: only header values may refer to the environment, because nothing of them is written`,
  })

const requestFields = z.record(z.string(), z.json())

const sampling = z
  .strictObject({
    temperature: z.number().min(0).max(5).optional(),
    topP: z.number().min(0).max(1).optional(),
    maxTokens: z.int().min(1).optional(),
    stop: z.array(z.string()).optional(),
    extraBody: requestFields
      .optional()
      .describe('Further fields of the request body; null takes out a field that a protocol sends'),
  })
  .describe("Settings that go over those of each benchmark's protocol; the seed comes from `seeds`")

const endpoint = z
  .strictObject({
    model: plain.describe(
      'Model spec: openai/<model>, anthropic/<model>, http(s)://host/v1[#model], replay:<file>, demo/<name>',
    ),
    headers: z
      .record(z.string(), z.string())
      .optional()
      .describe(`Extra request headers; \${NAME} is read from the environment when sent`),
    apiKeyEnv: plain.optional().describe('Environment variable that holds the key'),
    thinking: z
      .enum(thinkingModes)
      .optional()
      .describe('Where reasoning is looked for in the text of a reply. Default auto'),
    concurrency: z.int().min(1).optional().describe('Most requests under way at once, over all runs. Default 32'),
    requestsPerMinute: perMinute.optional().describe('Cap over all runs'),
    tokensPerMinute: perMinute.optional().describe('Cap over all runs'),
    maxRetries: z.int().min(0).optional(),
    timeoutSeconds: z.number().positive().optional().describe('Longest wait for one reply. Default 600'),
    extraBody: requestFields
      .optional()
      .describe('Further fields of every request body, as judge, too; null takes out a field that a protocol sends'),
  })
  .describe('A server or provider with its limits, shared by everything that names it')

const checkpoint = z
  .strictObject({
    name: name.describe('Name in tables'),
    endpoint: name.describe('Name of an endpoint'),
    model: plain
      .optional()
      .describe('Model spec, where it is not the one of the endpoint: several models of one server'),
    revision: plain.optional().describe('Revision of the weights, for the record'),
    base: name.optional().describe('Base model: tables group by it'),
    tags: z
      .record(z.string(), z.string())
      .optional()
      .describe('Notes for ablation tables and curves, such as step: "100"'),
    sampling: sampling.optional(),
    system: z.string().optional().describe('System prompt before every conversation'),
  })
  .describe('A model under test')

const judges = z
  .strictObject({
    judge: name.nullable().optional().describe('Name of the endpoint that judges; null for none'),
    extractor: name.nullable().optional().describe('Name of the endpoint that extracts (default: the judge)'),
  })
  .describe('Who scores')

/** `bench.config.yaml`: checkpoints x benchmarks x seeds over shared endpoints. */
export const configSchema = z
  .strictObject({
    endpoints: z.record(z.string(), endpoint).describe('Endpoints by name'),
    checkpoints: z.array(checkpoint).min(1),
    suites: z.array(z.enum(suiteNames)).optional(),
    benchmarks: z.array(reference).optional().describe('Benchmarks beside the suites, for example followbench:zh'),
    seeds: z.array(z.int().min(0)).min(1).optional().describe('Sampling seeds: one run each'),
    samples: z.int().min(1).optional().describe('Responses per item'),
    limit: z.int().min(1).optional().describe('Only the first n items of each benchmark'),
    sample: z.boolean().optional().describe('Use the embedded sample of invented items'),
    sampling: sampling.optional(),
    judge: judges.shape.judge,
    extractor: judges.shape.extractor,
    judges: z.record(z.string(), judges).optional().describe('Other judges for single benchmarks, by benchmark id'),
    soft: z.enum(['judge', 'rm', 'cascade']).optional(),
    rewardModel: name
      .optional()
      .describe('Reward model of soft constraints: embedded or an endpoint. Default embedded'),
    cascadeAgreement: z.number().min(0.5).max(1).optional().describe('Agreement that a cascade is calibrated for'),
    calibration: name.optional().describe('Labelled JSONL that a cascade is calibrated on'),
    protocols: z.array(z.enum(protocols)).min(1).optional(),
    baseline: name.optional().describe('Checkpoint that the final table tests the others against'),
    maxCost: z.number().min(0).optional().describe('USD for all runs together'),
    parallel: z.int().min(1).optional().describe('Runs at once. Default 4'),
    results: plain.optional().describe('Where run folders are made. Default results'),
    dataDir: plain.optional(),
    prices: plain.optional().describe('File with prices that override the built-in table'),
    bootstrapSeed: z.int().min(0).optional(),
  })
  .describe('A matrix of checkpoints, benchmarks and seeds for `bench run --config`')

/** A validated configuration file. */
export type BenchConfig = z.infer<typeof configSchema>

/** The schema for editors, as `schema/bench.config.schema.json` holds it. */
export function configJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(configSchema, { io: 'input' }), title: 'bench.config.yaml' }
}
