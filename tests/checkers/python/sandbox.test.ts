import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createPythonRunner, type SandboxedPython } from '../../../src/checkers/python/index.ts'
import { built } from '../../_build.ts'

const timeLimit = 1500

function snippet(...lines: string[]): string {
  return `def check_following(response):\n${lines.map((line) => `    ${line}`).join('\n')}`
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    // A process that ended stays in the table until its parent asks.
    return process.platform !== 'linux' || !/\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

describe('the Python sandbox', () => {
  let python: SandboxedPython
  const check = (source: string | string[], response: unknown = 'abc', mode: 'strict' | 'repaired' = 'strict') =>
    python.check({ source, response, mode })
  const value = async (...parameters: Parameters<typeof check>) => {
    const outcome = await check(...parameters)
    return outcome.kind === 'value' ? outcome.value : outcome
  }

  beforeAll(() => {
    python = createPythonRunner({ workers: 1, timeLimit })
  })
  afterAll(() => python.close())

  it('gives the value, its Python type and its Python truth value', async () => {
    expect(await check(snippet('return []'))).toEqual({ kind: 'value', value: [], type: 'list', truthy: false })
    expect(await check(snippet('return (1, "x")'))).toEqual({
      kind: 'value',
      value: [1, 'x'],
      type: 'tuple',
      truthy: true,
    })
  })

  it('keeps NaN and infinities as numbers', async () => {
    expect(await check(snippet('return float("nan")'))).toEqual({
      kind: 'value',
      value: Number.NaN,
      type: 'float',
      truthy: true,
    })
    expect(await value(snippet('return -float("inf")'))).toBe(Number.NEGATIVE_INFINITY)
  })

  it('passes text through unchanged: lone surrogates, NUL, CRLF, line separators', async () => {
    const text = 'a\u0000\r\n\u2028\ud800é😀\u0085'
    expect(await value(snippet('return response'), text)).toBe(text)
    expect(await value(snippet('return len(response)'), text)).toBe(9)
  })

  it('calls a result that is not plain JSON an error', async () => {
    for (const result of [
      '{1}',
      'object()',
      '(c for c in "a")',
      'b"x"',
      '1j',
      '{"a": {1}}',
      '[float("nan")]',
      '"x" * 9_000_000',
    ]) {
      expect(await check(snippet(`return ${result}`)), result).toMatchObject({
        kind: 'error',
        reason: 'unserialisable',
      })
    }
  })

  it('does not show a helper of the snippet to its function under strict, and does under repaired', async () => {
    const source = `def helper(text):\n    return len(text)\n${snippet('return helper(response)')}`
    expect(await check(source)).toMatchObject({ kind: 'error', reason: 'exception' })
    expect(await value(source, 'abc', 'repaired')).toBe(3)
  })

  it('inserts a missing def under repaired only', async () => {
    const source = 'check_following(response):\n    return len(response)'
    expect(await check(source)).toMatchObject({ kind: 'error' })
    expect(await value(source, 'abc', 'repaired')).toBe(3)
  })

  it('hands the value of one snippet to the next without leaving Python', async () => {
    expect(await value([snippet('return {1, 2}'), snippet('return isinstance(response, set)')])).toBe(true)
    expect(await value([snippet('return 1.0'), snippet('return str(response)')])).toBe('1.0')
    expect(await check([snippet('return 1 / 0'), snippet('return True')])).toMatchObject({
      kind: 'error',
      error: expect.stringMatching(/Empty response.*division by zero/),
    })
  })

  it('makes an exit of the snippet an error of the check', async () => {
    expect(await check(snippet('raise SystemExit(0)'))).toMatchObject({ kind: 'error', reason: 'exception' })
    expect(await check(snippet('raise KeyboardInterrupt'))).toMatchObject({ kind: 'error', reason: 'exception' })
  })

  it('starts every check from clean names, whatever an earlier one imported, patched or set', async () => {
    await check(`import string\n${snippet('return string.digits in response')}`)
    expect(await check(snippet('return string.digits in response'))).toMatchObject({ kind: 'error' })
    for (const line of [
      'import builtins; builtins.len = lambda x: 7',
      'builtins = __builtins__; builtins["len"] = lambda x: 7',
      'import json; json.loads = lambda x: 7',
      'import re; re.search.__code__ = (lambda pattern, string, flags=0: 7).__code__',
      'import collections; collections.Counter.most_common = 7',
      'import functools, json; functools.update_wrapper(json.loads, lambda s: 7, assigned=("__code__",))',
      'import sys; sys.modules["json"] = None',
      'import os; os.environ["HOME"] = "x"; os.chdir("/lib")',
      'getattr(json, "__dict__")["loads"] = 7',
      'exec("import json; json.loads = 7")',
      'import ast; ast.leak = 7',
      'from json import decoder; setattr(decoder, "scanner", None)',
    ]) {
      await check(snippet(line, 'return True'))
      const after = snippet(
        'import json, collections, re, os'.replaceAll(', ', '\n    import '),
        'return [len("ab"), json.loads("[1]"), re.search("b", "ab").start(), collections.Counter("aab").most_common(1)[0][1], os.getcwd(), os.environ["HOME"]]',
      )
      expect(await value(after), line).toEqual([2, [1], 1, 2, '/home/pyodide', '/home/pyodide'])
    }
  })

  it('kills a check that hangs at its limit, and goes on with a new process', async () => {
    await check(snippet('return 1'))
    const [pid] = python.pids
    const started = performance.now()
    const hanging = check(`import re\n${snippet('return re.search(r"(a+)+$", "a" * 60 + "b")')}`)
    const waiting = check(snippet('return 1'))
    expect(await hanging).toMatchObject({ kind: 'error', reason: 'timeout' })
    expect(performance.now() - started).toBeGreaterThanOrEqual(timeLimit - 50)
    expect(await waiting).toMatchObject({ kind: 'value', value: 1 })
    expect(python.pids).not.toContain(pid)
    expect(isAlive(pid!)).toBe(false)
  })

  it('raises MemoryError at the limit and replaces the process', async () => {
    await check(snippet('return 1'))
    const [pid] = python.pids
    expect(await check(snippet('return len(bytearray(300_000_000))'))).toMatchObject({
      kind: 'error',
      reason: 'memory',
    })
    expect(await value(snippet('return 1'))).toBe(1)
    expect(python.pids).not.toContain(pid)
  })

  it('replaces a process whose memory has grown, even when the check went well', async () => {
    await check(snippet('return 1'))
    const [pid] = python.pids
    expect(await value(snippet('return len(bytearray(100_000_000))'))).toBe(100_000_000)
    expect(await value(snippet('return 1'))).toBe(1)
    expect(python.pids).not.toContain(pid)
  })

  it('survives the death of an idle process', async () => {
    await check(snippet('return 1'))
    process.kill(python.pids[0]!, 'SIGKILL')
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(await value(snippet('return 1'))).toBe(1)
  })

  it.skipIf(process.platform !== 'linux')('gives the child an empty environment', async () => {
    await check(snippet('return 1'))
    expect(readFileSync(`/proc/${python.pids[0]}/environ`, 'utf8')).toBe('')
  })

  it('answers many checks at once, each with its own result', async () => {
    const results = await Promise.all(
      Array.from({ length: 300 }, (_unused, index) => value(snippet('return len(response)'), 'x'.repeat(index + 1))),
    )
    expect(results).toEqual(Array.from({ length: 300 }, (_unused, index) => index + 1))
  })
})

describe('the life of the sandbox pool', () => {
  const module = built('checkers/python/index.js')
  const run = (code: string) =>
    execFileSync(
      process.execPath,
      ['--input-type=module', '-e', `import { createPythonRunner } from ${JSON.stringify(module)}\n${code}`],
      {
        encoding: 'utf8',
        timeout: 30_000,
      },
    )

  it('works from the built program, does not keep the process alive and leaves no child behind', async () => {
    const output = run(`
      const python = createPythonRunner()
      python.warm()
      const outcome = await python.check({ source: 'def check_following(r):\\n  return len(r)', response: 'ab', mode: 'strict' })
      console.log(JSON.stringify([outcome.value, python.pids]))`)
    const [result, pids] = JSON.parse(output) as [number, number[]]
    expect(result).toBe(2)
    await vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]), { timeout: 5000 })
  })

  it('does not hold up a process that warmed it and never checked anything', () => {
    const started = performance.now()
    run('createPythonRunner().warm()')
    expect(performance.now() - started).toBeLessThan(10_000)
  })

  it('turns waiting checks into errors when it is closed', async () => {
    const python = createPythonRunner({ workers: 1 })
    const waiting = python.check({ source: snippet('return 1'), response: 'a', mode: 'strict' })
    await python.close()
    expect(await waiting).toMatchObject({ kind: 'error', reason: 'crash' })
    expect(python.pids).toEqual([])
    expect(await python.check({ source: '', response: 'a', mode: 'strict' })).toMatchObject({ reason: 'crash' })
  })

  it('starts a second process when a check hangs, so that others go on', async () => {
    const python = createPythonRunner({ workers: 2, timeLimit: 50_000 })
    await python.check({ source: snippet('return 1'), response: 'a', mode: 'strict' })
    const hanging = python.check({ source: snippet('while True: pass'), response: 'a', mode: 'strict' })
    expect(await python.check({ source: snippet('return 2'), response: 'a', mode: 'strict' })).toMatchObject({
      value: 2,
    })
    expect(python.pids).toHaveLength(2)
    await python.close()
    expect(await hanging).toMatchObject({ kind: 'error' })
  })
})
