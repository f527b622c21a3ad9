import { EndpointError } from '../../../../core/errors.ts'
import type { ModelFacts, RewardProtocol } from '../protocol.ts'
import { arrayIn, isRecord, type JsonRecord, unexpectedReply } from '../read-reply.ts'
import { readTwoClasses } from '../two-class.ts'

/**
 * Open Inference Protocol v2 (KServe, Triton) for models that take text as `BYTES` and give two values per text. Tensor
 * names are the deployer's: from the settings, else from the model's metadata, else `text` and the first output.
 */
export const kserve: RewardProtocol = {
  name: 'kserve',
  buildsText: false,
  refusesLength: false,
  batchSize: 16,
  concurrency: 8,
  maxBatchBytes: 8_000_000,
  async prepare(ask, { model, tensors }, options) {
    if (model === null) {
      throw new EndpointError('no-model', 'Expected a model name, because the protocol puts it into the address', {
        hint: 'Name it behind #: kserve+http://host:8000#rm',
      })
    }
    const reply = await ask(modelPath(model))
    const metadata = reply.status === 200 ? parse(reply.text) : null
    if (reply.status === 400 || reply.status === 404) {
      throw new EndpointError('model-not-found', `The server does not serve the model ${JSON.stringify(model)}`)
    }
    return metadata === null ? {} : { tensors: fromMetadata(metadata, tensors, options.tensors?.input !== undefined) }
  },
  ownSettings: ['tensors'],
  identity: ({ tensors: { input, output } }) => [`input=${input}`, `output=${output ?? 'first'}`],
  request: (items, { model, tensors }) => ({
    path: `${modelPath(model ?? '')}/infer`,
    body: {
      inputs: [
        {
          name: tensors.input,
          shape: tensors.isColumn ? [items.length, 1] : [items.length],
          datatype: 'BYTES',
          data: items.map(({ text }) => text),
        },
      ],
      ...(tensors.output === null ? {} : { outputs: [{ name: tensors.output }] }),
    },
  }),
  read: (reply, items, facts) => {
    const outputs = arrayIn(reply, 'outputs').filter(isRecord)
    const { output } = facts.tensors
    const tensor = output === null ? outputs[0] : outputs.find(({ name }) => name === output)
    if (!tensor)
      throw unexpectedReply(
        `an output ${output ?? ''}`.trim(),
        outputs.map(({ name }) => name),
      )
    return rows(tensor, items.length).map((row) => readTwoClasses(row, facts))
  },
}

function modelPath(model: string): string {
  const [name = '', version] = model.split('@')
  return `/v2/models/${encodeURIComponent(name)}${version === undefined ? '' : `/versions/${encodeURIComponent(version)}`}`
}

function fromMetadata(metadata: JsonRecord, given: ModelFacts['tensors'], isNamed: boolean): ModelFacts['tensors'] {
  const inputs = Array.isArray(metadata.inputs) ? metadata.inputs.filter(isRecord) : []
  const found = isNamed
    ? inputs.find(({ name }) => name === given.input)
    : inputs.find(({ datatype }) => datatype === 'BYTES')
  if (inputs.length > 0 && found?.datatype !== 'BYTES') {
    const names = inputs.map(({ name, datatype }) => `${String(name)} (${String(datatype)})`).join(', ')
    throw new EndpointError('rm-tensors', `Expected an input of text (BYTES), the model has ${names}`)
  }
  const name = typeof found?.name === 'string' ? found.name : given.input
  const shape = Array.isArray(found?.shape) ? found.shape : []
  return { ...given, input: name, output: given.output ?? classOutput(metadata), isColumn: shape.length === 2 }
}

/** The only output of two floating point numbers per text; null where there is none, or several. */
function classOutput({ outputs }: JsonRecord): string | null {
  const found = (Array.isArray(outputs) ? outputs : []).filter(isRecord).filter(({ datatype, shape }) => {
    return /^B?FP?\d/.test(String(datatype)) && Array.isArray(shape) && Number(shape.at(-1)) === 2
  })
  const [only] = found
  return found.length === 1 && typeof only?.name === 'string' ? only.name : null
}

/** `data` is row-major and may come nested or flat. */
function rows({ data, shape }: JsonRecord, count: number): readonly unknown[] {
  if (!Array.isArray(data)) throw unexpectedReply('an array `data`', data)
  if (Array.isArray(data[0])) {
    if (data.length !== count) throw unexpectedReply(`${count} rows`, `${data.length} rows`)
    return data.map((row) => (Array.isArray(row) ? row.flat(Number.POSITIVE_INFINITY) : row))
  }
  if (Array.isArray(shape) && shape[0] !== count)
    throw unexpectedReply(`${count} rows`, `the shape ${shape.join(' x ')}`)
  const width = data.length / count
  if (!Number.isInteger(width)) throw unexpectedReply(`values for ${count} rows`, `${data.length} values`)
  return Array.from({ length: count }, (_, row) => data.slice(row * width, (row + 1) * width))
}

function parse(text: string): JsonRecord | null {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : null
  } catch {
    return null
  }
}
