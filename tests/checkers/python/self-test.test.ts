import { execFileSync, spawn } from 'node:child_process'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { escapes } from '../../../src/checkers/python/escapes.ts'
import { type SandboxedPython, selfTestSandbox } from '../../../src/checkers/python/index.ts'

/** A runner without walls: does on the host what the snippets ask for. */
function leakyRunner(): SandboxedPython {
  return {
    name: 'leaky',
    pids: [],
    warm: () => {},
    close: async () => {},
    async check({ source }) {
      const text = String(source)
      const command = /os\.system\("(touch [^"]+)"\)/.exec(text)?.[1]
      if (command) execFileSync('sh', ['-c', command])
      const port = /connect\(\("127\.0\.0\.1", (\d+)\)\)/.exec(text)?.[1]
      if (port) await new Promise((resolve) => connect(Number(port), '127.0.0.1').once('close', resolve).resume())
      const secret = /open\("(\/tmp[^"]+secret\.txt|[^"]*canary[^"]+secret\.txt)"\)/.exec(text)?.[1]
      if (secret)
        return { kind: 'value', value: execFileSync('cat', [secret], { encoding: 'utf8' }), type: 'str', truthy: true }
      if (text.includes('os.kill')) process.kill(process.pid, 'SIGUSR2')
      if (text.includes('os.fork()')) spawn('sleep', ['5']).unref()
      return { kind: 'error', error: 'nothing', reason: 'exception' }
    },
  }
}

describe('the self-test of the sandbox', () => {
  it('contains every attempt, by what is seen on the host', async () => {
    const rows = await selfTestSandbox()
    expect(rows.filter(({ contained }) => !contained)).toEqual([])
    expect(rows.map(({ attempt }) => attempt)).toEqual(escapes.map(({ attempt }) => attempt))
  }, 240_000)

  it.skipIf(process.platform === 'win32')(
    'sees a file, a connection, a secret, a signal and a process that got out',
    async () => {
      const rows = await selfTestSandbox(() => {}, leakyRunner)
      const evidence = (attempt: string) => rows.find((row) => row.attempt.startsWith(attempt))!
      expect(evidence('os.system')).toMatchObject({
        contained: false,
        evidence: expect.stringContaining('file os-system'),
      })
      expect(evidence('sockets')).toMatchObject({ evidence: expect.stringContaining('connections reached the host') })
      expect(evidence('open: read')).toMatchObject({ evidence: expect.stringContaining('secret of the host') })
      expect(evidence('kill the parent')).toMatchObject({ evidence: expect.stringMatching(/signals? reached/) })
      expect(evidence('fork bomb')).toMatchObject({ evidence: expect.stringMatching(/process \d+ was left/) })
      expect(evidence('write globals')).toMatchObject({ evidence: expect.stringContaining('the next check gave') })
    },
  )
})
