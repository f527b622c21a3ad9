import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bench, temporaryFolder } from './_bench.ts'
import { startMockModel } from './_mock-model.ts'

describe('a dry run', () => {
  it('counts calls and cost of every run and of all of them, and calls and writes nothing', async () => {
    await using model = await startMockModel(() => 'never asked')
    using folder = temporaryFolder()
    const prices = join(folder.path, 'prices.json')
    writeFileSync(prices, '{"date": "2026-01-31", "models": {"mock-model": {"input": 1, "output": 2}}}')
    const results = join(folder.path, 'results')
    const args = ['run', '--bench', 'ifeval', '--sample', '--limit', '4', '--results', results, '--dry-run']
    const models = ['--model', model.url, '--model', 'demo/base']
    const json = await bench([...args, ...models, '--prices', prices, '--json'])
    expect(json.code, json.stderr).toBe(0)
    const [paid, free] = JSON.parse(json.stdout)
    expect(paid.estimates).toMatchObject([{ benchmark: 'ifeval', role: 'model', calls: 4, outputTokens: 2000 }])
    const { inputTokens, outputTokens, cost } = paid.estimates[0]
    expect(cost).toBeCloseTo((inputTokens + 2 * outputTokens) / 1e6, 12)
    expect(free.estimates).toMatchObject([{ cost: 0, mostCost: 0 }])

    const text = await bench([...args, ...models, '--prices', prices])
    expect(text.stdout).toContain(`all 2 runs: 8 calls, about $${cost.toFixed(4)}\n`)
    expect(text.stdout).toContain('free')
    const one = await bench([...args, '--model', model.url, '--json'])
    expect(JSON.parse(one.stdout)).toMatchObject({ name: 'mock-model', estimates: [{ calls: 4, cost: null }] })
    expect(model.requests).toHaveLength(0)
    expect(existsSync(results)).toBe(false)
  })

  it('prints one JSON text for a matrix, too', async () => {
    using folder = temporaryFolder()
    const config = join(folder.path, 'bench.config.yaml')
    writeFileSync(
      config,
      'endpoints: {demo: {model: demo/base}}\ncheckpoints: [{name: a, endpoint: demo}, {name: b, endpoint: demo, model: demo/tuned}]\nbenchmarks: [ifeval]\n',
    )
    const { code, stdout, stderr } = await bench(['run', '--config', config, '--dry-run', '--json'])
    expect(code, stderr).toBe(0)
    expect(JSON.parse(stdout).map(({ name }: { name: string }) => name)).toEqual(['a', 'b'])
  })
})
