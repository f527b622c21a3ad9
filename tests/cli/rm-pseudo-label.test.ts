import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parquetReadObjects } from 'hyparquet'
import { describe, expect, it } from 'vitest'
import { bench, temporaryFolder } from './_bench.ts'
import { type MockRequest, startMockModel } from './_mock-model.ts'

const generated = JSON.stringify({
  c1: { type: 'element', text: 'Name a river.' },
  c2: 'Be brief.',
  c3: 'Rhyme.',
  c4: 'Ask.',
  c5: 'Thank.',
})

/** Answers differ by prompt, so that no step between two levels is dropped. */
function answer({ body }: MockRequest): string {
  const prompt = body.messages.at(-1)!.content
  return prompt.includes('one JSON object') ? generated : `An answer of ${prompt.length}.`
}

const lines = <T>(file: string) =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T)

interface PairLine {
  readonly id: string
  readonly seed: string
  readonly label: number
  readonly level: number
  readonly kind: string
  readonly response: string
}

async function parquet(file: string): Promise<Record<string, unknown>[]> {
  const bytes = readFileSync(file)
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
  return (await parquetReadObjects({ file: buffer as ArrayBuffer })) as Record<string, unknown>[]
}

describe('bench rm pseudo-label', () => {
  it('makes soft pairs of the embedded seeds, and makes them again without a call', async () => {
    using folder = temporaryFolder()
    await using model = await startMockModel(answer)
    const out = join(folder.path, 'run')
    const args = ['rm', 'pseudo-label', '--sample', '--model', model.url, '--generator', model.url, '--out', out]
    const first = await bench(args)
    expect(first.stderr).not.toContain('error')
    expect(first.code).toBe(0)
    // Five seeds with five levels each; the sixth costs one generator call more.
    expect(model.requests).toHaveLength(31)
    const pairs = lines<PairLine>(join(out, 'pairs.jsonl'))
    expect(pairs.every(({ kind }) => kind === 'soft')).toBe(true)
    expect(pairs.filter(({ label }) => label === 1)).toHaveLength(pairs.length / 2)
    expect(pairs.filter(({ seed }) => seed === 'sample-clock')).toHaveLength(8)
    const before = readFileSync(join(out, 'pairs.jsonl'), 'utf8')
    const again = await bench([...args, '--offline'])
    expect(again.code).toBe(0)
    expect(model.requests).toHaveLength(31)
    expect(readFileSync(join(out, 'pairs.jsonl'), 'utf8')).toBe(before)
  })

  it('goes all the way with recorded responses, without any endpoint', async () => {
    using folder = temporaryFolder()
    const out = join(folder.path, 'run')
    const run = (model: string, ...more: string[]) =>
      bench([
        'rm',
        'pseudo-label',
        '--sample',
        '--model',
        model,
        '--include',
        'all',
        '--out',
        join(out, model),
        ...more,
      ])
    const tuned = await run('demo/tuned', '--generator', 'demo/tuned', '--level-zero', '--format', 'hf')
    expect(tuned.code).toBe(0)
    expect(tuned.stdout).toContain('SAMPLE')
    expect(tuned.stdout).toContain('30 positive and 30 negative pairs of 6 seeds')
    const base = await run('demo/base', '--json')
    expect(base.code).toBe(0)
    const { noise, levels } = JSON.parse(base.stdout) as {
      noise: Record<string, { checked: number; wrong: number }>
      levels: { level: number; instructions: number; soft: number; hard: number }[]
    }
    expect(noise).toMatchObject({
      falsePositives: { checked: 10, wrong: 5 },
      falseNegatives: { checked: 10, wrong: 5 },
    })
    expect(levels.at(-1)).toMatchObject({ level: 5, instructions: 5, constraints: 25, soft: 15, hard: 10 })
    const split = await run('demo/tuned', '--generator', 'demo/tuned', '--missing', 'split', '--results', out, '--json')
    expect(split.code).toBe(2)
    const apart = await bench([
      ...['rm', 'pseudo-label', '--sample', '--model', 'demo/tuned', '--generator', 'demo/tuned'],
      ...['--missing', 'split', '--out', join(out, 'split'), '--json'],
    ])
    expect(JSON.parse(apart.stdout)).toMatchObject({ complete: true, responses: { ok: 27 } })
    const evaluated = await bench(['rm', 'eval', join(out, 'demo/tuned/pairs.jsonl'), '--resamples', '20', '--json'])
    expect(JSON.parse(evaluated.stdout)).toMatchObject({ n: 60, overall: { clusters: 6 }, unscored: 0 })
  })

  it('leaves out what an earlier seed asks, and says why a seed has no constraints', async () => {
    using folder = temporaryFolder()
    await using model = await startMockModel((request) =>
      request.body.messages.at(-1)!.content.includes('nothing asked')
        ? '{"task": "Say it.", "constraints": []}'
        : request.body.messages.at(-1)!.content.includes('nonsense')
          ? 'I would rather not.'
          : answer(request),
    )
    const seeds = join(folder.path, 'seeds.jsonl')
    const given = { instruction: 'Do it.', constraints: [{ text: 'Be kind.' }, { text: 'Be brief.' }] }
    const all = [
      { id: 'a', ...given },
      { id: 'b', ...given },
      { id: 'c', instruction: 'nothing asked' },
    ]
    writeFileSync(seeds, all.map((seed) => JSON.stringify(seed)).join('\n'))
    const args = (file: string, out: string) => [
      ...['rm', 'pseudo-label', file, '--model', model.url, '--generator', model.url, '--missing', 'split'],
      ...['--out', join(folder.path, out), '--json'],
    ]
    const done = await bench(args(seeds, 'one'))
    expect(done.code).toBe(0)
    expect(JSON.parse(done.stdout)).toMatchObject({
      seeds: 3,
      repeatedSeeds: [{ seed: 'b', of: 'a' }],
      failedSeeds: [{ seed: 'c', reason: 'it states no requirement' }],
      written: { positive: 1, negative: 1 },
      complete: true,
    })
    writeFileSync(seeds, JSON.stringify({ id: 'd', instruction: 'nonsense' }))
    const failed = await bench(args(seeds, 'two'))
    expect(failed.code).toBe(1)
    expect(JSON.parse(failed.stdout)).toMatchObject({
      failedSeeds: [{ seed: 'd', reason: expect.stringContaining('there is no JSON object in it') }],
      complete: false,
    })
  })

  it('resumes after failures, asking only for what is missing', async () => {
    using folder = temporaryFolder()
    let failing = true
    await using model = await startMockModel((request) =>
      failing && request.body.messages.at(-1)!.content.includes('seagulls')
        ? (response) =>
            response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":{"message":"no"}}')
        : answer(request),
    )
    const args = ['rm', 'pseudo-label', '--sample', '--model', model.url, '--out', join(folder.path, 'run'), '--json']
    const first = await bench(args)
    expect(first.code).toBe(1)
    expect(JSON.parse(first.stdout)).toMatchObject({
      complete: false,
      responses: { ok: 24, 'provider-error': 1 },
      failures: [{ reason: expect.stringContaining('no'), count: 1 }],
    })
    failing = false
    const asked = model.requests.length
    const second = await bench(args)
    expect(second.code).toBe(0)
    expect(model.requests.length - asked).toBe(1)
    expect(JSON.parse(second.stdout)).toMatchObject({ complete: true, responses: { ok: 25 } })
  })

  it('exports for Hugging Face with whole seeds on one side', async () => {
    using folder = temporaryFolder()
    await using model = await startMockModel(answer)
    const out = join(folder.path, 'run')
    const { code } = await bench([
      ...['rm', 'pseudo-label', '--sample', '--model', model.url, '--out', out],
      ...['--include', 'all', '--format', 'hf', '--validation', '0.5'],
    ])
    expect(code).toBe(0)
    const sides = ['train', 'validation'].map((name) =>
      lines<{ text: string; label: number; seed: string }>(join(out, `export/${name}.jsonl`)),
    )
    expect(sides.flat()).toHaveLength(40)
    const seeds = sides.map((rows) => new Set(rows.map(({ seed }) => seed)))
    expect([...seeds[0]!].filter((seed) => seeds[1]!.has(seed))).toEqual([])
    const pairs = lines<PairLine & { constraint: string }>(join(out, 'pairs.jsonl'))
    const row = sides.flat().find(({ text }) => text.includes(pairs[0]!.response))!
    expect(row.text.endsWith(pairs[0]!.constraint)).toBe(true)
    // The names that the published trainer reads.
    expect(row).toMatchObject({ question: pairs[0]!.constraint, answer: pairs[0]!.response, label: pairs[0]!.label })
    expect(new Set(sides.flat().map(({ label }) => label))).toEqual(new Set([0, 1]))
  })

  it('exports RL prompts in the columns of verl-if, EasyR1 and verl', async () => {
    using folder = temporaryFolder()
    await using model = await startMockModel(answer)
    const out = join(folder.path, 'run')
    const { code } = await bench([
      'rm',
      'pseudo-label',
      '--sample',
      '--model',
      model.url,
      '--out',
      out,
      '--format',
      'verl',
    ])
    expect(code).toBe(0)
    const prompts = await parquet(join(out, 'export/prompts.parquet'))
    expect(prompts).toHaveLength(25)
    const record = {
      instruction_id_list: ['soft', 'punctuation:no_comma', 'soft', 'length_constraints:number_words'],
      constraint: [
        'Keep a calm and friendly tone throughout.',
        'Do not use any commas.',
        'Speak as the captain, in the first person.',
        'Use fewer than 60 words.',
      ],
    }
    expect(prompts[3]).toMatchObject({
      key: 3n,
      ...record,
      prompt: expect.stringContaining('Use fewer than 60 words.'),
    })
    const kwargs = prompts[3]!.kwargs as Record<string, unknown>[]
    expect(kwargs[3]).toMatchObject({ num_words: 60n, relation: 'less than', keyword: null })
    expect(Object.keys(kwargs[0]!)).toHaveLength(24)
    expect(JSON.parse(prompts[3]!.answer as string)).toMatchObject({
      instruction_id_list: record.instruction_id_list,
      constraints: record.constraint,
      kwargs: [{}, {}, {}, { relation: 'less than', num_words: 60 }],
    })
    const verl = await parquet(join(out, 'export/prompts-verl.parquet'))
    expect(verl[3]).toMatchObject({
      data_source: 'heed/pseudo-label',
      prompt: [{ role: 'user', content: prompts[3]!.prompt }],
      reward_model: { style: 'rule', ground_truth: prompts[3]!.answer },
      extra_info: { seed: 'sample-ferry', level: 4n },
    })
    const pairs = lines<PairLine>(join(out, 'pairs.jsonl'))
    const classifier = await parquet(join(out, 'export/classifier.parquet'))
    expect(classifier.map(({ id, label }) => [id, Number(label)])).toEqual(pairs.map(({ id, label }) => [id, label]))
  })

  it('spends nothing on a dry run, and no more than it may', async () => {
    using folder = temporaryFolder()
    await using model = await startMockModel(answer)
    const out = join(folder.path, 'run')
    const dry = await bench([
      'rm',
      'pseudo-label',
      '--sample',
      '--model',
      model.url,
      '--out',
      out,
      '--dry-run',
      '--json',
    ])
    expect(dry.code).toBe(0)
    expect(JSON.parse(dry.stdout)).toMatchObject({ estimates: [{ role: 'model', calls: 25 }] })
    expect(model.requests).toHaveLength(0)
    expect(existsSync(out)).toBe(false)
    const prices = join(folder.path, 'prices.json')
    writeFileSync(prices, JSON.stringify({ date: '2026-01-31', models: { 'mock-model': { input: 0, output: 1000 } } }))
    const capped = await bench([
      ...['rm', 'pseudo-label', '--sample', '--model', model.url, '--out', out],
      ...['--max-tokens', '10', '--max-cost', '0.03', '--prices', prices, '--concurrency', '1'],
    ])
    expect(capped.stderr).toContain('--max-cost')
    expect(capped.code).toBe(3)
    expect(model.requests.length).toBeLessThan(8)
  })

  it.each([
    ['{"id": 1, "instruction": "x", "constraints": [{"text": "y", "rule": {"id": "nobody:knows"}}]}', 'nobody:knows'],
    ['{"id": 1, "instruction": "x"}\n{"id": 1, "instruction": "y"}', 'seeds.jsonl:2'],
    ['{"id": 1}', 'instruction'],
    ['{"id": 1, "instruction": "x"}', '--generator'],
    ['{"id": 1, "instruction": "x", "constraints": []}', 'leave it out'],
    ['{"id": 1, "instruction": "x", "constraints": [{"text": "y"}, {"text": "Y."}]}', 'every constraint once'],
    ['', 'at least one instruction'],
  ])('refuses %j before anything is asked', async (content, message) => {
    using folder = temporaryFolder()
    await using model = await startMockModel(answer)
    const seeds = join(folder.path, 'seeds.jsonl')
    writeFileSync(seeds, content)
    const { code, stderr } = await bench([
      'rm',
      'pseudo-label',
      seeds,
      '--model',
      model.url,
      '--out',
      join(folder.path, 'run'),
    ])
    expect(code).toBe(2)
    expect(stderr).toContain(message)
    expect(model.requests).toHaveLength(0)
  })
})
