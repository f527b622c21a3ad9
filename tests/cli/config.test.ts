import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../src/runners/config-file.ts'
import { expandMatrix } from '../../src/runners/config-matrix.ts'
import { configJsonSchema } from '../../src/runners/config-schema.ts'
import { bench, startBench, temporaryFolder } from './_bench.ts'
import { startMockModel } from './_mock-model.ts'

const valid = `endpoints:
  server:
    model: http://127.0.0.1:9/v1#m
    headers: { Authorization: "Bearer \${TOKEN}" }
    concurrency: 3
  gpt: { model: openai/gpt-4o-mini, requestsPerMinute: 60 }
  other: { model: openai/gpt-4o }
checkpoints:
  - { name: one, endpoint: server, base: B, tags: { step: "1" } }
  - { name: two, endpoint: server, model: "http://127.0.0.1:9/v1#two", sampling: { temperature: 0.2 } }
suites: [id]
benchmarks: [followbench:zh, collie]
seeds: [1, 2]
sampling: { temperature: 1, maxTokens: 100 }
judge: gpt
judges:
  cfbench: { judge: other }
`

function problems(text: string): string[] {
  try {
    parseConfig(text, 'b.yaml')
  } catch (error) {
    return (error as Error).message.split('\n')
  }
  return []
}

describe('the JSON Schema of bench.config.yaml', () => {
  it('is published as it is printed', async () => {
    const published = JSON.parse(readFileSync('schema/bench.config.schema.json', 'utf8'))
    expect(published, 'run: bench config schema > schema/bench.config.schema.json').toEqual(
      JSON.parse(JSON.stringify(configJsonSchema())),
    )
    const { code, stdout } = await bench(['config', 'schema'])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toEqual(published)
  })
})

describe('a configuration file', () => {
  it.each([
    ['an unknown key', 'concurrency: 3', 'concurency: 3', 'b.yaml:5:5: endpoints.server.concurency'],
    ['a value of another type', 'seeds: [1, 2]', 'seeds: 1', 'b.yaml:13:8: seeds'],
    ['a number out of range', 'concurrency: 3', 'concurrency: 0', 'b.yaml:5:18: endpoints.server.concurrency'],
    ['a missing key', '{ name: one, endpoint: server,', '{ endpoint: server,', 'b.yaml:9:5: checkpoints[0].name'],
    [
      'an unknown endpoint',
      'name: one, endpoint: server',
      'name: one, endpoint: sever',
      'b.yaml:9:28: checkpoints[0].endpoint',
    ],
    ['an unknown benchmark', 'followbench:zh', 'folowbench:zh', 'b.yaml:12:14: benchmarks[0]'],
    ['an unknown suite', 'suites: [id]', 'suites: [idd]', 'b.yaml:11:10: suites[0]'],
    ['a name that is there twice', 'name: two', 'name: one', 'b.yaml:10:13: checkpoints[1].name'],
    ['a judge for an unknown benchmark', '  cfbench:', '  cfbenchh:', 'b.yaml:17:3: judges.cfbenchh'],
    [
      'a reference to the environment outside of headers',
      'openai/gpt-4o-mini',
      '"openai/${MODEL}"',
      'b.yaml:6:17: endpoints.gpt.model',
    ],
    ['a key that is there twice', 'judge: gpt', 'judge: gpt\nseeds: [3]', 'b.yaml:16:1: '],
    ['broken YAML', 'seeds: [1, 2]', 'seeds: [1, 2', 'b.yaml:14:1: '],
  ])('is refused for %s, with its line and column', (_what, from, to, place) => {
    expect(problems(valid)).toEqual([])
    expect(valid).toContain(from)
    expect(
      problems(valid.replace(from, to)).some((line) => line.startsWith(place)),
      problems(valid.replace(from, to)).join('\n'),
    ).toBe(true)
  })

  it('is refused with all mistakes at once, in the order of the file', () => {
    const lines = problems(valid.replace('concurrency: 3', 'concurency: 3').replace('seeds: [1, 2]', 'seeds: 1'))
    expect(lines.map((line) => line.split(':')[1])).toEqual(['5', '13'])
  })

  it('is refused without suites and benchmarks', () => {
    expect(problems(valid.replace('suites: [id]\nbenchmarks: [followbench:zh, collie]\n', '')).join()).toContain(
      'suites',
    )
  })

  it('does not expand an alias bomb', () => {
    const levels = Array.from(
      { length: 9 },
      (_, level) => `a${level + 1}: &a${level + 1} [${Array(9).fill(`*a${level}`)}]`,
    )
    expect(problems(`a0: &a0 [x]\n${levels.join('\n')}\n`).join()).toMatch(/alias/i)
  })

  it('gives a run per checkpoint, seed and judge, endpoints of one name in one queue', async () => {
    const specs = await expandMatrix(parseConfig(valid, 'b.yaml'), { offline: true, command: [] })
    expect(specs).toHaveLength(2 * 2 * 2)
    const [first, second] = specs
    expect(first).toMatchObject({
      name: 'one',
      tags: { base: 'B', step: '1', name: 'one' },
      sampling: { temperature: 1, maxTokens: 100, seed: 1 },
      model: { queue: 'server', concurrency: 3, headers: { Authorization: 'Bearer ${TOKEN}' } },
      judge: { model: 'openai/gpt-4o-mini', queue: 'gpt', requestsPerMinute: 60 },
    })
    const names = (spec: typeof first) =>
      spec!.references.map(({ benchmark, edition }) => `${benchmark.id}:${edition.id}`)
    expect(names(first)).toEqual(['ifeval:v1', 'followbench:zh', 'collie:v1'])
    expect(names(second)).toEqual(['cfbench:v1'])
    expect(second!.judge!.queue).toBe('other')
    expect(specs.at(-1)).toMatchObject({ name: 'two', sampling: { temperature: 0.2, maxTokens: 100, seed: 2 } })
    expect(specs.at(-1)!.model.model).toContain('#two')
  })
})

describe('bench run --config', () => {
  it('runs the matrix over one shared limit, prints one table and writes no secret', async () => {
    let underWay = 0
    let most = 0
    await using model = await startMockModel(({ body }) => (response) => {
      underWay += 1
      most = Math.max(most, underWay)
      setTimeout(() => {
        underWay -= 1
        const message = { role: 'assistant', content: `answer ${body.model}` }
        response.setHeader('content-type', 'application/json')
        response.end(
          JSON.stringify({
            id: 'x',
            object: 'chat.completion',
            model: body.model,
            choices: [{ index: 0, message, finish_reason: 'stop' }],
          }),
        )
      }, 15)
    })
    using folder = temporaryFolder()
    const results = join(folder.path, 'results')
    const file = join(folder.path, 'bench.config.yaml')
    writeFileSync(
      file,
      `endpoints:
  server:
    model: ${model.url}#small
    headers: { Authorization: "Bearer \${TEST_TOKEN}" }
    concurrency: 3
checkpoints:
  - { name: small, endpoint: server }
  - { name: large, endpoint: server, model: "${model.url}#large" }
benchmarks: [ifeval]
sample: true
limit: 10
seeds: [1, 2]
parallel: 4
baseline: small
results: ${results}
`,
    )
    const secret = 'tok-8c1f0a77e2'
    const { code, stdout, stderr } = await bench(['run', '--config', file], { TEST_TOKEN: secret })
    expect(code, stderr).toBe(0)
    expect(most).toBe(3)
    expect(new Set(model.requests.map(({ body }) => body.model))).toEqual(new Set(['small', 'large']))
    expect(model.requests.every(({ headers }) => headers.authorization === `Bearer ${secret}`)).toBe(true)
    expect(readdirSync(results)).toHaveLength(4)
    expect(stdout).toMatch(/│ small .*2 seeds/)
    expect(stdout).toMatch(/│ large .*2 seeds/)
    expect(stdout).toContain('tests against small')
    expect(stdout).toMatch(/protocols, in points:\n {2}small.*: ifeval Pr\.\(L\) \(%\): official [\d.]+, fixed/)
    expect(stderr).toMatch(/matrix 40\/40 responses, 4\/4 runs done/)
    for (const run of readdirSync(results)) {
      for (const name of readdirSync(join(results, run))) {
        expect(readFileSync(join(results, run, name), 'utf8'), name).not.toContain(secret)
      }
    }
    const again = await bench(['run', '--config', file], { TEST_TOKEN: secret })
    expect(again.code).toBe(0)
    // Two models are reached with one small request each, in both sittings; no response is asked for twice.
    expect(model.requests).toHaveLength(40 + 4)
  })

  it('takes no other option beside the file', async () => {
    using folder = temporaryFolder()
    const file = join(folder.path, 'c.yaml')
    writeFileSync(file, valid)
    const { code, stderr } = await bench(['run', '--config', file, '--limit', '3'])
    expect(code).toBe(2)
    expect(stderr).toContain('--limit')
    const checked = await bench(['config', 'check', file])
    expect(checked.code, checked.stderr).toBe(0)
    expect(checked.stdout).toContain('8 runs')
  })

  it('opens one sandbox for all runs, not one each', async () => {
    using folder = temporaryFolder()
    const checkpoints = Array.from({ length: 8 }, (_unused, at) => `{name: c${at}, endpoint: demo, system: "${at}"}`)
    const file = join(folder.path, 'bench.config.yaml')
    writeFileSync(
      file,
      `endpoints: {demo: {model: demo/base}}\ncheckpoints: [${checkpoints.join(', ')}]\nbenchmarks: [agentif]\nlimit: 2\nresults: ${join(folder.path, 'results')}\n`,
    )
    const child = startBench(['run', '--config', file, '--quiet'])
    const childrenFile = `/proc/${child.pid}/task/${child.pid}/children`
    let most = 0
    const timer = setInterval(() => {
      if (!existsSync(childrenFile)) return
      const pids = readFileSync(childrenFile, 'utf8').split(' ').filter(Boolean)
      most = Math.max(most, pids.length)
    }, 20)
    const [code] = await once(child, 'close')
    clearInterval(timer)
    expect(code).toBe(0)
    if (existsSync('/proc/self/task')) expect(most).toBeGreaterThan(0)
    expect(most).toBeLessThanOrEqual(3)
  })
})
