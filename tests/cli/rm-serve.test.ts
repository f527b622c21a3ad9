import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it, onTestFinished } from 'vitest'
import { sendJson, startServer } from '../models/_server.ts'
import { bench, startBench } from './_bench.ts'

async function startServe(args: readonly string[], env: Record<string, string> = {}) {
  const child: ChildProcess = startBench(['rm', 'serve', '--port', '0', '--json', ...args], env)
  onTestFinished(() => void child.kill('SIGKILL'))
  let stderr = ''
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const ended = once(child, 'exit').then(() => Promise.reject(new Error(`bench rm serve ended: ${stderr}`)))
  ended.catch(() => undefined)
  const [line] = (await Promise.race([once(child.stdout!.setEncoding('utf8'), 'data'), ended])) as [string]
  const started = JSON.parse(line) as { address: string; scorer: string; form: object }
  const post = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    }
    const response = await fetch(started.address + path, init)
    return { status: response.status, json: (await response.json()) as unknown }
  }
  return { child, started, post, stderr: () => stderr }
}

const label = {
  instruction_id_list: ['punctuation:no_comma', 'soft'],
  constraints: ['No commas.', 'Mention the lamp.'],
}

describe('bench rm serve', () => {
  it('answers with rules and the embedded model on the loopback interface', async () => {
    const { started, post, child } = await startServe([])
    expect(started.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(started.scorer).toContain('embedded')
    const { status, json } = await post('/slime/reward?detail=1', { response: 'A lamp', label })
    expect(status).toBe(200)
    expect(json).toMatchObject({
      passed_gate: true,
      terms: [{ value: 1 }, { kind: 'soft', value: expect.any(Number) }],
    })
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it('asks the reward model that --rm names, and never gives 0 for its failure', async () => {
    let isUp = true
    const server = await startServer(({ json }, response) =>
      isUp ? sendJson(response, { ...json, pred: 1, value: 0.75 }) : sendJson(response, { error: '400 gone' }, 500),
    )
    const { started, post } = await startServe([
      '--rm',
      `verl-if+${server.origin}`,
      '--form',
      'code',
      '--think',
      'none',
    ])
    expect(started).toMatchObject({ scorer: `verl-if ${server.origin}`, form: { scale: 5, think: 'none' } })
    expect(await post('/slime/reward', { response: 'A, lamp', label: { ...label, kwargs: [{}, {}] } })).toEqual({
      status: 200,
      json: 0.75 * 2.5,
    })
    isUp = false
    expect(await post('/slime/reward', { response: 'A lamp', label })).toMatchObject({
      status: 503,
      json: { code: 'rm-error' },
    })
  })

  it('asks for the token of the environment, and does not print it', async () => {
    const server = await startServer((_request, response) => sendJson(response, { value: 0.5 }))
    const env = { MY_TOKEN: 'correct-horse-battery' }
    const { post, stderr } = await startServe(['--rm', `verl-if+${server.origin}`, '--token-env', 'MY_TOKEN'], env)
    expect((await post('/predict', { question: 'c', answer: 'a' })).status).toBe(401)
    const authorization = 'Bearer correct-horse-battery'
    expect((await post('/predict', { question: 'c', answer: 'a' }, { authorization })).status).toBe(200)
    expect(stderr()).not.toContain('correct-horse')
  })

  it.each([
    [['--token-env', 'NOT_SET'], 'NOT_SET'],
    [['--rm', 'vlm+http://127.0.0.1:1'], 'vllm+http://'],
    [['--rm', 'http://127.0.0.1:9'], 'Cannot reach'],
    [['--form', 'best'], 'paper'],
    [['--port', '65536'], 'from 0 to 65535'],
    [['--scale', '0'], '--scale'],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await bench(['rm', 'serve', '--port', '0', ...args])
    expect(code).toBe(2)
    expect(stderr).toContain(message)
    expect(stderr).not.toContain('internal error')
  })

  it('says that a port is taken', async () => {
    const server = await startServer((_request, response) => response.writeHead(404).end())
    const { code, stderr } = await bench([
      'rm',
      'serve',
      '--rm',
      `verl-if+${server.origin}`,
      '--port',
      new URL(server.origin).port,
    ])
    expect(code).toBe(2)
    expect(stderr).toContain('something else listens there')
  })
})
