import { createServer } from 'node:http'
import process from 'node:process'

/** A chat completion of about 200 words. */
const reply = Buffer.from(
  JSON.stringify({
    id: 'chatcmpl-mock',
    object: 'chat.completion',
    created: 1_700_000_000,
    model: 'mock',
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: 'All work and some play. '.repeat(40) },
        finish_reason: 'stop',
      },
    ],
    usage: { prompt_tokens: 120, completion_tokens: 240, total_tokens: 360 },
  }),
)
const head = { 'content-type': 'application/json', 'content-length': String(reply.length) }

/** Answers every request with the same chat completion, `latency` milliseconds after its body has come. */
const latency = Number(process.argv[2])
const server = createServer((request, response) => {
  const send = () => response.writeHead(200, head).end(reply)
  request.resume().on('end', () => (latency === 0 ? send() : setTimeout(send, latency)))
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.(typeof address === 'object' ? address?.port : null)
})
process.on('disconnect', () => process.exit())
