import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isSandboxInstalled } from '../../../src/checkers/python/index.ts'
import { bench, temporaryFolder } from '../../cli/_bench.ts'
import { startMockModel } from '../../cli/_mock-model.ts'

const set = [
  {
    id: 'lamp',
    prompt: 'Describe a lamp as JSON.',
    tags: { domain: 'home' },
    constraints: [
      { text: 'no commas', check: { rule: 'punctuation:no_comma' }, tags: { type: 'format' } },
      { text: 'names brass', check: { regex: 'bra(s+)', ignoreCase: true }, tags: { type: 'content' } },
      { text: 'no prices', check: { regex: '\\d+ euro', expect: 'no-match' }, tags: { type: 'content' } },
      {
        text: 'an object with a name',
        check: { jsonSchema: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } } },
        tags: { type: 'format' },
      },
      { id: 'tone', text: 'friendly', check: { judge: 'Is the tone friendly?' }, tags: { type: 'style' } },
      {
        id: 'snippet',
        text: 'short',
        check: { python: 'def check_following(response):\n    return len(response) < 40' },
        tags: { type: 'format' },
      },
    ],
  },
]

function writeSet(folder: string, records: readonly unknown[] = set): string {
  const file = join(folder, 'my-set.jsonl')
  writeFileSync(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''))
  return file
}

describe("a user's own constraint set", () => {
  it.skipIf(!isSandboxInstalled())('is run like any benchmark, every kind of check with its own scorer', async () => {
    using folder = temporaryFolder()
    const file = writeSet(folder.path)
    await using model = await startMockModel(() => '{"name": "Brass lamp"}')
    await using judge = await startMockModel(() => 'Warm words.\n\n**YES**')
    const out = join(folder.path, 'run')
    const args = ['run', '--bench', file, '--model', model.url, '--judge', judge.url, '--out', out, '--json', '--quiet']
    const { code, stdout, stderr } = await bench(args)
    expect(code, stderr).toBe(0)
    const [entry] = JSON.parse(stdout).benchmarks
    expect(entry.scorers).toEqual({ rule: 4, [`judge:${judge.url}#mock-model`]: 1, python: 1 })
    const figure = (id: string, value?: string) =>
      entry.metrics.official.find(
        (metric: { id: string; group?: { value: string } }) => metric.id === id && metric.group?.value === value,
      )
    expect(figure('csr')).toMatchObject({ value: 1, n: 6 })
    expect(figure('isr')).toMatchObject({ value: 1, n: 1 })
    expect(figure('csr', 'format')).toMatchObject({ value: 1, n: 3 })
    expect(judge.requests[0]!.body.messages[0]!.content).toContain('Is the tone friendly?')
    const again = await bench(args)
    expect(again.code, again.stderr).toBe(0)
    expect(model.requests.length).toBe(1)
  })

  it('fails each check for what it checks', async () => {
    using folder = temporaryFolder()
    const records = [{ ...set[0]!, constraints: set[0]!.constraints.slice(0, 4) }]
    const file = writeSet(folder.path, records)
    await using model = await startMockModel(() => 'Silver, 30 euro')
    const out = join(folder.path, 'run')
    const { stdout, stderr, code } = await bench([
      'run',
      '--bench',
      file,
      '--model',
      model.url,
      '--out',
      out,
      '--json',
      '--quiet',
    ])
    expect(code, stderr).toBe(0)
    const [entry] = JSON.parse(stdout).benchmarks
    expect(entry.metrics.official[1]).toMatchObject({ id: 'csr', value: 0, n: 4 })
  })

  it.each([
    ['an unknown rule', { rule: 'punctuation:no_coma' }, 'no_comma'],
    ['a pattern that could explode', { regex: '(a+)\\1' }, 'pattern'],
    ['a broken schema', { jsonSchema: { type: 'obj' } }, 'JSON Schema'],
    ['an unknown form', { vibes: 'good' }, 'my-set.jsonl:1'],
  ])('refuses %s at load, with file and line', async (_name, check, expected) => {
    using folder = temporaryFolder()
    const file = writeSet(folder.path, [{ id: 1, prompt: 'p', constraints: [{ text: 't', check }] }])
    const { code, stderr } = await bench(['run', '--bench', file, '--model', 'http://127.0.0.1:9/v1#m'])
    expect(code).toBe(2)
    expect(stderr).toContain('my-set.jsonl:1')
    expect(stderr).toContain(expected)
  })
})
