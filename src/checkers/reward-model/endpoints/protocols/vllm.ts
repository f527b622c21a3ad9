import { EndpointError } from '../../../../core/errors.ts'
import type { Ask, ModelFacts, RewardProtocol } from '../protocol.ts'
import { readLabelledClasses } from '../read-labelled-classes.ts'
import { arrayIn, byIndex, isRecord } from '../read-reply.ts'
import { readTwoClasses } from '../two-class.ts'

const shared = {
  buildsText: false,
  refusesLength: true,
  batchSize: 32,
  concurrency: 8,
  maxBatchBytes: 8_000_000,
} as const

/** `POST /classify` of vLLM's pooling runner. Nothing is asked to be truncated: a text that is too long is refused. */
export const vllmClassify: RewardProtocol = {
  ...shared,
  name: 'vllm',
  prepare: learnModel,
  request: (items, { model }) => ({
    path: '/classify',
    body: { ...named(model), input: items.map(({ text }) => text) },
  }),
  read: (reply, items, facts) =>
    byIndex(arrayIn(reply, 'data'), items.length).map((entry) => readLabelledClasses(entry, facts)),
}

/** `POST /pooling` of vLLM with the task `classify`. */
export const vllmPooling: RewardProtocol = {
  ...shared,
  name: 'vllm-pooling',
  prepare: learnModel,
  request: (items, { model }) => ({
    path: '/pooling',
    body: { ...named(model), task: 'classify', encoding_format: 'float', input: items.map(({ text }) => text) },
  }),
  read: (reply, items, facts) =>
    byIndex(arrayIn(reply, 'data'), items.length).map(({ data }) => readTwoClasses(data, facts)),
}

/** The only model of `/v1/models`, with its length, where none is named. Shared by all servers with that list. */
export async function learnModel(ask: Ask, { model }: ModelFacts): Promise<Partial<ModelFacts>> {
  const served = await servedModels(ask)
  if (served === null || served.length === 0) return {}
  const wanted = model === null ? served[0]! : served.find(({ id }) => id === model)
  if (model === null && served.length > 1) {
    const names = served.map(({ id }) => id).join(', ')
    throw new EndpointError('several-models', `The server serves ${served.length} models: ${names}`, {
      hint: `Name one behind #: ...#${served[0]!.id}`,
    })
  }
  if (!wanted) {
    throw new EndpointError('model-not-found', `The server does not serve the model ${JSON.stringify(model)}`, {
      hint: `It serves: ${served.map(({ id }) => id).join(', ')}`,
    })
  }
  return { model: wanted.id, maxTokens: wanted.maxTokens, revision: wanted.root === wanted.id ? null : wanted.root }
}

async function servedModels(ask: Ask): Promise<{ id: string; maxTokens: number | null; root: string | null }[] | null> {
  const reply = await ask('/v1/models')
  if (reply.status !== 200) return null
  try {
    return arrayIn(JSON.parse(reply.text), 'data').flatMap((entry) => {
      if (!isRecord(entry) || typeof entry.id !== 'string') return []
      const { id, max_model_len: maxTokens, root } = entry
      return [
        {
          id,
          maxTokens: typeof maxTokens === 'number' ? maxTokens : null,
          root: typeof root === 'string' ? root : null,
        },
      ]
    })
  } catch {
    return null
  }
}

function named(model: string | null): { model?: string } {
  return model === null ? {} : { model }
}
