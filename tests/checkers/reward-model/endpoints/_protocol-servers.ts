import type { ServerResponse } from 'node:http'
import { type SeenRequest, sendJson, startServer, type TestServer } from '../../../models/_server.ts'
import { logitsOf, modelProbability, partsOf } from './_model.ts'

/** Ways in which a reward model server can go wrong. */
export type Fault = 'nan' | 'three-classes' | 'logits' | 'wrong-length' | 'late' | 'status-500' | 'html' | 'broken-json'

export interface Behaviour {
  /** Goes wrong in this way. */
  readonly fault?: Fault
  /** Only so many times, then right. */
  readonly times?: number
  /** Answers the entries of a batch in reverse order, where the protocol has an index. */
  readonly reversed?: boolean
  /** Longest response in characters that is taken; longer ones are refused as the real server refuses them. */
  readonly longest?: number
}

/** A kind of server as the specification describes it. */
export interface ServerKind {
  readonly name: string
  /** What stands before `http://` and behind the address. */
  readonly spec: (origin: string) => string
  /** True where a request carries one pair only. */
  readonly isSingle: boolean
  readonly hasIndex: boolean
  readonly givesLogits: boolean
  readonly canRefuseLength: boolean
  /** Faults that this protocol cannot show. */
  readonly lacks: readonly Fault[]
  start(behaviour?: Behaviour): Promise<TestServer>
}

interface Dialect {
  readonly path: string
  /** Input texts of a request. */
  readonly inputs: (body: Record<string, unknown>) => readonly { response: string; constraint: string }[]
  /** The reply for class values by input. */
  readonly reply: (
    values: readonly (readonly (number | null)[])[],
    body: Record<string, unknown>,
    b: Behaviour,
  ) => unknown
  readonly tooLong: (response: ServerResponse) => void
  /** Status and body for a request that the real server does not take; null for one that it takes. */
  readonly refuse: (body: Record<string, unknown>, request: SeenRequest) => readonly [number, unknown] | null
  /** What GET answers, by path. */
  readonly get: Readonly<Record<string, (response: ServerResponse) => void>>
  readonly values?: 'logits'
}

function serve(dialect: Dialect): ServerKind['start'] {
  return async (behaviour = {}) => {
    let faults = 0
    return startServer((request: SeenRequest, response) => {
      if (request.method === 'GET') {
        const answer = dialect.get[request.url]
        if (answer) answer(response)
        else response.writeHead(404, { 'content-type': 'text/html' }).end('<!doctype html><title>Not Found</title>')
        return
      }
      if (request.url !== dialect.path || !request.json) {
        response.writeHead(404, { 'content-type': 'text/html' }).end('<!doctype html><title>Not Found</title>')
        return
      }
      const refusal = dialect.refuse(request.json, request)
      if (refusal) return sendJson(response, refusal[1], refusal[0])
      const inputs = dialect.inputs(request.json)
      if (behaviour.longest !== undefined && inputs.some((each) => each.response.length > behaviour.longest!)) {
        dialect.tooLong(response)
        return
      }
      const isFaulty = behaviour.fault !== undefined && faults < (behaviour.times ?? Number.POSITIVE_INFINITY)
      if (isFaulty) faults += 1
      const fault = isFaulty ? behaviour.fault : undefined
      if (fault === 'status-500') return sendJson(response, { error: 'CUDA out of memory' }, 500)
      if (fault === 'late') return setTimeout(() => sendJson(response, {}), 2000).unref()
      if (fault === 'html')
        return response.writeHead(200, { 'content-type': 'text/html' }).end('<html><title>Login</title></html>')
      if (fault === 'broken-json')
        return response.writeHead(200, { 'content-type': 'application/json' }).end('{"data": [')
      const values = inputs.map((input): (number | null)[] => {
        const p = modelProbability(input)
        if (fault === 'nan') return [null, null]
        if (fault === 'three-classes') return [0.1, 0.2, 0.7]
        const isRaw = (dialect.values === 'logits') !== (fault === 'logits')
        return isRaw ? [...logitsOf(p)].map((value) => value * 1 + 3) : [1 - p, p]
      })
      if (fault === 'wrong-length') values.push([0.5, 0.5])
      const text = JSON.stringify(dialect.reply(values, request.json, behaviour))
      // As Python writes it.
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(fault === 'nan' ? text.replace(/null/g, 'NaN') : text)
    })
  }
}

const texts = (value: unknown) => (value as string[]).map(partsOf)
const json = (value: unknown) => (response: ServerResponse) => sendJson(response, value)
const models = (owner: string) =>
  json({ object: 'list', data: [{ id: 'rm', object: 'model', owned_by: owner, max_model_len: 4096 }] })
const openApi = (...paths: string[]) =>
  json({ openapi: '3.1.0', paths: Object.fromEntries(paths.map((path) => [path, {}])) })

function classified(values: readonly (readonly (number | null)[])[], { reversed }: Behaviour): unknown {
  const data = values.map((probs, index) => ({
    index,
    label: (probs[1] ?? 0) > (probs[0] ?? 0) ? 'LABEL_1' : 'LABEL_0',
    probs,
    num_classes: probs.length,
  }))
  if (reversed) data.reverse()
  return {
    id: 'classify-1',
    object: 'list',
    created: 1,
    model: 'rm',
    data,
    usage: { prompt_tokens: 20, total_tokens: 20 },
  }
}

const openAiTooLong = (response: ServerResponse) =>
  sendJson(
    response,
    {
      error: {
        message: 'This model has a maximum context length of 4096 tokens, the input has 5000',
        type: 'BadRequestError',
        param: null,
        code: 400,
      },
    },
    400,
  )

const openAiError = (code: number, message: string) => {
  const type = code === 404 ? 'NotFoundError' : 'BadRequestError'
  return [code, { error: { message, type, param: null, code } }] as const
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string')

/** What vLLM and SGLang check: the name of the model, and the lists of texts in the named fields. */
function refuseUnlessTexts(...fields: string[]): Dialect['refuse'] {
  return (body) => {
    if (body.model !== undefined && body.model !== 'rm')
      return openAiError(404, `The model \`${String(body.model)}\` does not exist.`)
    const wrong = fields.find((field) => !isTexts(body[field]))
    return wrong === undefined ? null : openAiError(400, `${wrong}: Input should be a valid list`)
  }
}

const common = { isSingle: false, hasIndex: true, givesLogits: false, canRefuseLength: true, lacks: [] } as const

export const serverKinds: readonly ServerKind[] = [
  {
    ...common,
    name: 'verl-if',
    spec: (origin) => `verl-if+${origin}`,
    isSingle: true,
    hasIndex: false,
    canRefuseLength: false,
    // One number per reply: it has neither classes nor length.
    lacks: ['three-classes', 'wrong-length'],
    start: serve({
      path: '/predict',
      inputs: ({ answer, question }) => [{ response: answer as string, constraint: question as string }],
      // parity: the server's own errors, two of them with the status of another kind.
      refuse: (body, { headers }) => {
        if (!String(headers['content-type']).startsWith('application/json'))
          return [500, { error: '415 Unsupported Media Type: Did not attempt to load JSON data.' }]
        if (!('question' in body) || !('answer' in body))
          return [400, { error: 'Missing question or answer in request' }]
        return null
      },
      reply: ([values], body) => ({
        ...body,
        pred: Number(values![1]! > values![0]!),
        value: values![1] === null ? null : Number(values![1]!.toFixed(3)),
      }),
      tooLong: (response) => sendJson(response, { error: 'too long' }, 500),
      get: {
        '/predict': (response) => response.writeHead(405, { 'content-type': 'text/html' }).end('<title>405</title>'),
      },
    }),
  },
  {
    ...common,
    name: 'vllm /classify',
    spec: (origin) => `vllm+${origin}`,
    start: serve({
      path: '/classify',
      refuse: refuseUnlessTexts('input'),
      inputs: ({ input }) => texts(input),
      reply: (values, _body, behaviour) => classified(values, behaviour),
      tooLong: openAiTooLong,
      get: { '/v1/models': models('vllm'), '/openapi.json': openApi('/v1/models', '/classify', '/pooling') },
    }),
  },
  {
    ...common,
    name: 'vllm /pooling',
    spec: (origin) => `vllm-pooling+${origin}`,
    start: serve({
      path: '/pooling',
      refuse: (body) =>
        body.task === 'classify' ? refuseUnlessTexts('input')(body, {} as SeenRequest) : openAiError(400, 'task'),
      inputs: ({ input }) => texts(input),
      reply: (values, _body, { reversed }) => {
        const data = values.map((each, index) => ({ index, object: 'pooling', data: each }))
        return { id: 'pool-1', object: 'list', model: 'rm', data: reversed ? data.reverse() : data }
      },
      tooLong: openAiTooLong,
      get: { '/v1/models': models('vllm'), '/openapi.json': openApi('/v1/models', '/pooling') },
    }),
  },
  {
    ...common,
    name: 'vllm /score',
    spec: (origin) => `vllm-score+${origin}`,
    // One number per pair.
    lacks: ['three-classes'],
    start: serve({
      path: '/score',
      refuse: refuseUnlessTexts('text_1', 'text_2'),
      inputs: ({ text_1: constraints, text_2: responses }) =>
        (constraints as string[]).map((constraint, index) => ({
          constraint,
          response: (responses as string[])[index]!,
        })),
      reply: (values, _body, { reversed }) => {
        const data = values.map((each, index) => ({ index, object: 'score', score: each[1] }))
        return { id: 'score-1', object: 'list', model: 'rm', data: reversed ? data.reverse() : data }
      },
      tooLong: openAiTooLong,
      get: { '/v1/models': models('vllm'), '/openapi.json': openApi('/v1/models', '/score', '/rerank') },
    }),
  },
  {
    ...common,
    name: 'vllm /rerank',
    spec: (origin) => `vllm-rerank+${origin}`,
    lacks: ['three-classes'],
    start: serve({
      path: '/rerank',
      refuse: refuseUnlessTexts('documents'),
      inputs: ({ query, documents }) =>
        (documents as string[]).map((response) => ({ constraint: query as string, response })),
      // Sorted by score.
      reply: (values, { documents }) => ({
        id: 'rerank-1',
        model: 'rm',
        results: values
          .map((each, index) => ({
            index,
            document: { text: (documents as string[])[index] ?? '' },
            relevance_score: each[1],
          }))
          .sort((a, b) => (b.relevance_score ?? 0) - (a.relevance_score ?? 0)),
      }),
      tooLong: openAiTooLong,
      get: { '/v1/models': models('vllm') },
    }),
  },
  {
    ...common,
    name: 'sglang /v1/classify',
    spec: (origin) => `sglang+${origin}`,
    start: serve({
      path: '/v1/classify',
      refuse: (body, request) => {
        const refusal = refuseUnlessTexts('input')(body, request)
        if (refusal) return refusal
        const blank = (body.input as string[]).findIndex((text) => text.trim() === '')
        return blank === -1 ? null : openAiError(400, `Input at index ${blank} cannot be empty or whitespace only`)
      },
      inputs: ({ input }) => texts(input),
      reply: (values, _body, behaviour) => classified(values, behaviour),
      tooLong: (response) =>
        sendJson(
          response,
          {
            object: 'error',
            message: 'The input (5000 tokens) is longer than the context length',
            type: 'BadRequestError',
          },
          400,
        ),
      get: {
        '/get_model_info': json({ model_path: '/models/rm', is_generation: false }),
        '/v1/models': models('sglang'),
      },
    }),
  },
  {
    ...common,
    name: 'sglang /classify',
    spec: (origin) => `sglang-native+${origin}`,
    hasIndex: false,
    givesLogits: true,
    lacks: ['logits'],
    start: serve({
      path: '/classify',
      refuse: refuseUnlessTexts('text'),
      inputs: ({ text }) => texts(text),
      reply: (values) => {
        const entries = values.map((embedding) => ({ embedding, meta_info: { id: 'x' } }))
        return entries.length === 1 ? entries[0] : entries
      },
      tooLong: (response) => sendJson(response, { error: { message: 'The input is too long' } }, 400),
      get: {},
      values: 'logits',
    }),
  },
  {
    ...common,
    name: 'text-embeddings-inference',
    spec: (origin) => `tei+${origin}`,
    hasIndex: false,
    start: serve({
      path: '/predict',
      refuse: ({ inputs, truncate }) => {
        const refused = (message: string) => [422, { error: message, error_type: 'Validation' }] as const
        if (!Array.isArray(inputs)) return refused('inputs')
        // A flat list of two strings would be one pair of segments, and more of them an error.
        if (!inputs.every((each) => isTexts(each) && each.length === 1)) return refused('a text is no list of its own')
        if (inputs.length > 4) return refused(`batch size ${inputs.length} > maximum allowed batch size 4`)
        return truncate === false ? null : refused('the constraint would be cut off')
      },
      inputs: ({ inputs }) => (inputs as string[][]).map(([text]) => partsOf(text!)),
      // Sorted by score, not by class.
      reply: (values) =>
        values.map((classes) =>
          classes
            .map((score, index) => ({ score, label: `LABEL_${index}` }))
            .sort((a, b) => (b.score ?? 0) - (a.score ?? 0)),
        ),
      tooLong: (response) =>
        sendJson(
          response,
          {
            error: 'Input validation error: `inputs` must have less than 512 tokens. Given: 700',
            error_type: 'Validation',
          },
          422,
        ),
      get: {
        '/info': json({
          model_id: 'rm',
          model_type: {
            classifier: { id2label: { '0': 'LABEL_0', '1': 'LABEL_1' }, label2id: { LABEL_0: 0, LABEL_1: 1 } },
          },
          max_input_length: 512,
          max_client_batch_size: 4,
          auto_truncate: true,
        }),
        '/predict': (response) => response.writeHead(405).end(),
      },
    }),
  },
  {
    ...common,
    name: 'kserve v2',
    spec: (origin) => `kserve+${origin}#rm`,
    hasIndex: false,
    start: serve({
      path: '/v2/models/rm/infer',
      refuse: ({ inputs }) => (Array.isArray(inputs) ? null : [400, { error: 'no inputs' }]),
      inputs: ({ inputs }) => {
        const [tensor] = inputs as { name: string; shape: number[]; datatype: string; data: string[] }[]
        if (tensor!.name !== 'TEXT' || tensor!.datatype !== 'BYTES' || tensor!.shape[1] !== 1)
          throw new Error('wrong tensor')
        return tensor!.data.map(partsOf)
      },
      reply: (values) => ({
        model_name: 'rm',
        outputs: [{ name: 'probs', datatype: 'FP32', shape: [values.length, values[0]!.length], data: values.flat() }],
      }),
      tooLong: (response) => sendJson(response, { error: 'sequence too long' }, 400),
      get: {
        '/v2': json({ name: 'triton', version: '2', extensions: ['classification'] }),
        '/v2/models/rm': json({
          name: 'rm',
          inputs: [{ name: 'TEXT', datatype: 'BYTES', shape: [-1, 1] }],
          outputs: [{ name: 'probs', datatype: 'FP32', shape: [-1, 2] }],
        }),
      },
    }),
  },
]
