import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { sha256 } from '../src/core/hash.ts'
import { mulberry32 } from '../src/core/random.ts'

/** Share of a response's bytes that goes to its verdicts, roughly as in runs with judges. */
const constraintsPerItem = 5
const responseWords = 280

/**
 * Writes a run folder of about the asked size: responses, one judge call and verdicts of both protocols each, as the
 * runner writes them.
 */
export function writeLargeRun(
  folder: string,
  megabytes: number,
): { readonly responses: number; readonly bytes: number } {
  mkdirSync(folder, { recursive: true })
  const random = mulberry32(7)
  const words = Array.from({ length: 400 }, (_, index) => sha256(String(index)).slice(0, 3 + (index % 7)))
  const text = (count: number) =>
    Array.from({ length: count }, () => words[Math.floor(random() * words.length)]).join(' ')
  const calls = new BufferedFile(join(folder, 'calls.jsonl'))
  const verdicts = new BufferedFile(join(folder, 'verdicts.jsonl'))
  let responses = 0
  while (calls.bytes + verdicts.bytes < megabytes * 1e6) {
    const item = `item-${responses}`
    const key = sha256(`judge ${item}`)
    calls.line(call(sha256(item), 'model', item, text(responseWords), [{ role: 'user', content: text(60) }]))
    calls.line(call(key, 'judge', item, text(90)))
    for (const protocol of ['official', 'fixed']) {
      for (let constraint = 0; constraint < constraintsPerItem; constraint++) {
        const value = random() < 0.8 ? 1 : 0
        const place = { item, sample: 0, constraint: String(constraint), scorer: 'judge:bench', protocol }
        const evidence = { expected: 'verdict 1', found: `the judge wrote ${value}`, calls: [key] }
        verdicts.line({ benchmark: 'cfbench', edition: 'v1', ...place, value, status: 'ok', ...evidence })
      }
    }
    responses += 1
  }
  calls.close()
  verdicts.close()
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest()))
  writeFileSync(join(folder, 'scores.json'), JSON.stringify(scores(responses)))
  return { responses, bytes: calls.bytes + verdicts.bytes }
}

function call(key: string, role: string, item: string, text: string, messages?: readonly object[]) {
  return {
    v: 1,
    kind: 'reply',
    key,
    endpoint: `bench ${role}`,
    role,
    purpose: role === 'model' ? 'generate' : 'judge',
    benchmark: 'cfbench',
    item,
    constraint: null,
    sample: 0,
    attempt: 0,
    sampling: { temperature: 0 },
    templateHash: null,
    ...(messages ? { messages } : {}),
    status: 'ok',
    text,
    reasoning: null,
    finishReason: 'stop',
    returnedModel: `bench/${role}`,
    usage: { inputTokens: 80, outputTokens: 380, reasoningTokens: 0 },
    tries: 1,
    at: '2026-01-01T00:00:00.000Z',
    ms: 900,
    raw: { id: key, choices: [{ message: { role: 'assistant', content: text } }] },
  }
}

function manifest() {
  const benchmarks = [{ id: 'cfbench', edition: 'v1', isSample: false, dataHashes: {}, limit: null }]
  return {
    identity: {
      format: 1,
      model: 'bench',
      modelName: 'bench',
      modelDependsOnMeta: false,
      sampling: {},
      systemPrompt: null,
      samples: 1,
      benchmarks,
    },
    scoring: scoring(),
    createdAt: '2026-01-01T00:00:00.000Z',
    command: ['bench', 'run'],
    tags: {},
    versions: { heed: '0.0.0', node: process.version, platform: process.platform },
    git: null,
  }
}

function scoring() {
  return {
    judge: 'bench judge',
    extractor: null,
    rewardModel: null,
    soft: 'judge',
    python: null,
    protocols: ['official', 'fixed'],
  }
}

function scores(items: number) {
  const entry = {
    benchmark: 'cfbench',
    title: 'CFBench',
    suite: 'id',
    edition: 'v1',
    isSample: false,
    labels: [],
    scorers: { 'judge:bench': items * constraintsPerItem },
    items,
    samples: 1,
    responses: { ok: items },
    verdicts: { official: { ok: items * constraintsPerItem } },
    complete: true,
    metrics: { official: [], fixed: [] },
    warnings: {},
  }
  return {
    format: 1,
    model: 'bench',
    modelName: 'bench',
    scoring: scoring(),
    scoredAt: '2026-01-01T00:00:00.000Z',
    benchmarks: [entry],
    usage: {},
  }
}

class BufferedFile {
  readonly #handle: number
  #lines: string[] = []
  #held = 0
  bytes = 0

  constructor(file: string) {
    this.#handle = openSync(file, 'w')
  }

  line(value: object): void {
    const line = `${JSON.stringify(value)}\n`
    this.#lines.push(line)
    this.#held += line.length
    this.bytes += Buffer.byteLength(line)
    if (this.#held > 1 << 22) this.#flush()
  }

  close(): void {
    this.#flush()
    closeSync(this.#handle)
  }

  #flush(): void {
    writeSync(this.#handle, this.#lines.join(''))
    this.#lines = []
    this.#held = 0
  }
}
