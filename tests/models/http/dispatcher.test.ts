import { createServer } from 'node:http'
import { connect } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { callError, endpointFor, never, request } from '../_call.ts'
import { answerHello, startServer } from '../_server.ts'

/** A proxy that tunnels every host to one port. */
async function startProxy(target: number): Promise<{ address: string; asked: string[] }> {
  const asked: string[] = []
  const proxy = createServer((_request, response) => response.writeHead(405).end())
  proxy.on('connect', (head, socket) => {
    asked.push(head.url ?? '')
    const tunnel = connect(target, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      tunnel.pipe(socket)
      socket.pipe(tunnel)
    })
    tunnel.on('error', () => socket.destroy())
    socket.on('error', () => tunnel.destroy())
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    proxy.closeAllConnections()
    proxy.close()
  })
  const address = proxy.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { address: `http://127.0.0.1:${address.port}`, asked }
}

describe('proxies', () => {
  it('are used where the environment names them', async () => {
    const server = await startServer(answerHello)
    const proxy = await startProxy(Number(new URL(server.origin).port))
    const endpoint = await endpointFor('http://models.invalid/v1#m', { environment: { HTTP_PROXY: proxy.address } })
    expect((await endpoint.complete(request(), never)).text).toBe('Hello.')
    expect(proxy.asked).toEqual(['models.invalid:80'])
  })

  it('are passed by for this machine and for the hosts of NO_PROXY', async () => {
    const server = await startServer(answerHello)
    const proxy = await startProxy(Number(new URL(server.origin).port))
    const environment = { HTTP_PROXY: proxy.address, NO_PROXY: 'models.invalid' }
    const local = await endpointFor(`${server.base}#m`, { environment })
    expect((await local.complete(request(), never)).text).toBe('Hello.')
    const excepted = await endpointFor('http://models.invalid/v1#m', { environment })
    expect((await callError(excepted.complete(request(), never))).message).toContain('has no address (DNS)')
    expect(proxy.asked).toEqual([])
  })
})
