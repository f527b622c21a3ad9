import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bench, temporaryFolder } from './_bench.ts'
import { goodReply } from './_mock-judge.ts'
import { type MockModel, startMockModel } from './_mock-model.ts'

const shards = 3

function judgedModel(): Promise<MockModel> {
  return startMockModel(({ body }) => goodReply(body.messages.map(({ content }) => content).join('\n')))
}

function args(model: MockModel, results: string, ...more: string[]): string[] {
  return [
    ...['run', '--suite', 'ood', '--sample', '--code-sandbox', 'off', '--name', 'checkpoint'],
    ...['--model', model.url, '--judge', model.url, '--results', results, '--quiet', ...more],
  ]
}

async function runShards(model: MockModel, results: string, ...more: string[]): Promise<string[]> {
  for (let index = 1; index <= shards; index++) {
    const { code, stderr } = await bench(args(model, results, '--shard', `${index}/${shards}`, ...more))
    expect(code, stderr).toBe(0)
  }
  return readdirSync(results).map((name) => join(results, name))
}

function read(folder: string) {
  const scores = JSON.parse(readFileSync(join(folder, 'scores.json'), 'utf8'))
  const verdicts = readFileSync(join(folder, 'verdicts.jsonl'), 'utf8').split('\n').sort()
  return { benchmarks: scores.benchmarks, scoring: scores.scoring, usage: scores.usage, verdicts }
}

describe('a run that is split into shards', () => {
  it('has, merged, the scores and verdicts of the run as a whole, and makes no call again', async () => {
    await using model = await judgedModel()
    using split = temporaryFolder()
    using whole = temporaryFolder()
    const folders = await runShards(model, split.path)
    const paid = model.requests.length
    const once = await bench(args(model, whole.path))
    expect(once.code, once.stderr).toBe(0)
    expect(model.requests.length - paid).toBe(paid)
    const [wholeName] = readdirSync(whole.path)

    const merged = await bench(['merge', ...folders, '--json'])
    expect(merged.code, merged.stderr).toBe(0)
    expect(merged.stderr).toContain(`${paid} calls of 3 folders added`)
    const mergedFolder = join(split.path, wholeName!)
    expect(JSON.parse(merged.stdout).folder).toBe(mergedFolder)
    expect(read(mergedFolder)).toEqual(read(join(whole.path, wholeName!)))

    const again = await bench(args(model, split.path))
    expect(again.code, again.stderr).toBe(0)
    expect(model.requests.length).toBe(2 * paid)
    expect(read(mergedFolder)).toEqual(read(join(whole.path, wholeName!)))

    const table = await bench(['table', ...folders, mergedFolder])
    expect(table.stdout).not.toContain('[shard')
    expect(table.stderr.match(/a shard of a run that is there as a whole/g)).toHaveLength(shards)
  })

  it('deals every item to one shard, keeps clusters together, and splits what --limit leaves', async () => {
    await using model = await judgedModel()
    using split = temporaryFolder()
    using whole = temporaryFolder()
    const bounded = ['--limit', '7']
    const folders = await runShards(model, split.path, ...bounded)
    const all = await bench(args(model, whole.path, ...bounded))
    expect(all.code, all.stderr).toBe(0)
    const items = (folder: string) =>
      new Set(
        readFileSync(join(folder, 'calls.jsonl'), 'utf8')
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line))
          .map(({ benchmark, item }) => `${benchmark}/${item}`),
      )
    const dealt = folders.map(items)
    const wanted = items(join(whole.path, readdirSync(whole.path)[0]!))
    expect(dealt.reduce((sum, part) => sum + part.size, 0)).toBe(wanted.size)
    expect(new Set(dealt.flatMap((part) => [...part]))).toEqual(wanted)
  })

  it('is not merged while a shard is missing, unless asked for, and is completed by merging again', async () => {
    await using model = await judgedModel()
    using folder = temporaryFolder()
    const folders = await runShards(model, folder.path)
    const refused = await bench(['merge', folders[0]!, folders[2]!])
    expect(refused.code).toBe(2)
    expect(refused.stderr).toContain('missing: 2/3')
    expect(readdirSync(folder.path)).toHaveLength(shards)

    appendFileSync(join(folders[2]!, 'calls.jsonl'), '{"v":1,"kind":"re')
    const bytes = readFileSync(join(folders[2]!, 'calls.jsonl'))
    const partial = await bench(['merge', folders[0]!, folders[2]!, '--partial', '--json', '--quiet'])
    expect(partial.code, partial.stderr).toBe(1)
    expect(partial.stderr).toContain('missing shards: 2/3')
    expect(partial.stderr).toContain('passed over 17 bytes of torn last lines')
    expect(readFileSync(join(folders[2]!, 'calls.jsonl'))).toEqual(bytes)
    const before = JSON.parse(partial.stdout)
    expect(before.benchmarks.every(({ complete }: { complete: boolean }) => !complete)).toBe(true)

    const complete = await bench(['merge', ...folders, '--json', '--quiet'])
    expect(complete.code, complete.stderr).toBe(0)
    const { responses } = JSON.parse(complete.stdout).benchmarks[0]
    expect(responses['provider-error']).toBeUndefined()
  })

  it('is refused where the folders belong to different runs, or the shard is none', async () => {
    await using model = await judgedModel()
    using folder = temporaryFolder()
    const [first, second] = await runShards(model, folder.path)
    const hotter = await bench(args(model, folder.path, '--shard', '2/3', '--temperature', '1', '--out', `${second}x`))
    expect(hotter.code, hotter.stderr).toBe(0)
    const mixed = await bench(['merge', first!, `${second}x`, '--out', join(folder.path, 'out')])
    expect(mixed.code).toBe(2)
    expect(mixed.stderr).toContain('sampling.temperature')
    expect(existsSync(join(folder.path, 'out'))).toBe(false)

    for (const wrong of ['0/3', '4/3', '1', '1/0', 'a/b']) {
      const { code, stderr } = await bench(args(model, folder.path, '--shard', wrong))
      expect(code, wrong).toBe(2)
      expect(stderr).toContain('Expected i/n with 1 <= i <= n')
    }
    const many = await bench(args(model, folder.path, '--shard', '99/100'))
    expect(many.code).toBe(2)
    expect(many.stderr).toContain('in shard 99/100, found none')
  })
})
