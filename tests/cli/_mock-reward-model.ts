import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'

/** Characters that a text may have. */
const longest = 1200

/** A vLLM server that refuses long texts and finds everything satisfied. */
export async function startRewardModel() {
  const texts: string[] = []
  const methods: string[] = []
  const send = (response: ServerResponse, status: number, body: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  const server = createServer(async (request, response) => {
    methods.push(request.method ?? '')
    if (request.method === 'GET') {
      const models = [{ id: 'rm', object: 'model', owned_by: 'vllm', max_model_len: longest / 3 }]
      if (request.url === '/v1/models') send(response, 200, { data: models })
      else send(response, 404, {})
      return
    }
    const { input } = (await json(request)) as { input: string[] }
    if (input.some((text) => text.length > longest)) {
      const message = `This model's maximum context length is ${longest / 3} tokens.`
      send(response, 400, { error: { message, type: 'BadRequestError', param: null, code: 400 } })
      return
    }
    texts.push(...input)
    const data = input.map((_text, index) => ({ index, label: 'LABEL_1', probs: [0.25, 0.75], num_classes: 2 }))
    send(response, 200, { object: 'list', model: 'rm', data: data.reverse() })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    texts,
    methods,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
