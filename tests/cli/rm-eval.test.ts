import { createHash } from 'node:crypto'
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { bench, temporaryFolder } from './_bench.ts'

function writeLines(folder: string, lines: readonly object[]): string {
  const file = join(folder, 'labelled.jsonl')
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  return file
}

const scored = Array.from({ length: 100 }, (_, index) => ({
  id: index,
  response: `response ${index >> 2}`,
  constraint: 'Be brief.',
  label: index % 4 === 0 ? 0 : 1,
  p: index % 4 === 0 ? 0.3 : index % 4 === 1 ? 0.4 : 0.8,
  type: index % 2 === 0 ? 'tone' : 'length',
  level: (index % 4) + 1,
  group: `g${index >> 2}`,
}))

describe('bench rm eval', () => {
  it('measures the scores of a file without asking any model', async () => {
    using folder = temporaryFolder()
    const { code, stdout } = await bench(['rm', 'eval', writeLines(folder.path, scored), '--json', '--resamples', '50'])
    expect(code).toBe(0)
    const result = JSON.parse(stdout) as Record<string, unknown>
    expect(result).toMatchObject({
      scorer: 'p of the file',
      speed: null,
      n: 100,
      overall: {
        confusion: { truePositives: 50, falsePositives: 0, falseNegatives: 25, trueNegatives: 25 },
        accuracy: { value: 0.75 },
        auroc: { value: 1 },
      },
      majorityAccuracy: 0.75,
      ranks: { groups: 25, weval: { tau: 1 } },
    })
  })

  it('scores with the embedded model where the lines have no score, and says how fast', async () => {
    using folder = temporaryFolder()
    const file = writeLines(
      folder.path,
      scored.map(({ p: _p, ...line }) => line),
    )
    const { code, stdout } = await bench(['rm', 'eval', file, '--resamples', '20'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^rm:embedded@[0-9a-f]{8}: 100 pairs in 25 clusters/)
    expect(stdout).toMatch(/speed: 100 pairs/)
    expect(stdout).toContain("with the published script's tie-break")
  })

  it('prints noise and shift, and writes plot and disagreements', async () => {
    using folder = temporaryFolder()
    const lines = scored.flatMap((line) => [
      { ...line, checkpoint: 'base' },
      { ...line, checkpoint: 'gamed', response: `gamed ${line.response}`, p: Math.min(1, line.p + 0.25) },
    ])
    const plot = join(folder.path, 'plot.svg')
    const list = join(folder.path, 'differ.jsonl')
    const args = ['rm', 'eval', writeLines(folder.path, lines), '--resamples', '100']
    const { code, stdout } = await bench([...args, '--noise', '0.1', '--plot', plot, '--disagreements', list])
    expect(code).toBe(0)
    expect(stdout).toContain('REWARD HACKING?')
    const without = await bench([...args.slice(0, 3), '--resamples', '0'])
    expect(without.stdout).toContain('Nothing to say without intervals')
    expect(stdout).toContain('with 10.0 % of labels turned round')
    expect(stdout).toContain('best F1')
    expect(readFileSync(plot, 'utf8')).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg".*<circle /s)
    const rows = readFileSync(list, 'utf8').trim().split('\n')
    expect(rows).toHaveLength(50)
    expect(JSON.parse(rows[0]!)).toMatchObject({ verdict: expect.any(Number), label: expect.any(Number) })
  })

  it('keeps the figures when a file cannot be written', async () => {
    using folder = temporaryFolder()
    const nowhere = join(folder.path, 'no', 'such', 'plot.svg')
    const { code, stdout, stderr } = await bench(['rm', 'eval', writeLines(folder.path, scored), '--plot', nowhere])
    expect(code).toBe(2)
    expect(stdout).toContain('AUROC')
    expect(stderr).toContain('Cannot write')
    expect(existsSync(nowhere)).toBe(false)
  })

  it('takes rows as the published script does, whose tie-break crowns a constant scorer', async () => {
    using folder = temporaryFolder()
    const rows = [3, 1, 2, 2, 3, 1].map((level) => ({ score: 0.5, instruction_id_list: Array(level).fill('x') }))
    const file = writeLines(folder.path, rows)
    const args = ['rm', 'eval', file, '--compat', 'weval', '--group-size']
    const { code, stdout } = await bench([...args, '3', '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ groups: 2, officialTau: 1, exactMatch: 1, tauB: null, tauBUndefined: 2 })
    const odd = await bench([...args, '4'])
    expect(odd.code).toBe(2)
    expect(odd.stderr).toContain('multiple of the group size 4')
  })

  it('takes the verdicts of the judge in run folders as labels, and the runs as checkpoints', async () => {
    using folder = temporaryFolder()
    const runs = ['base', 'tuned'].map((name) => join(folder.path, name))
    for (const out of runs) {
      const model = `demo/${out.split('/').at(-1)}`
      const args = ['run', '--bench', 'followbench,writingbench', '--model', model, '--judge', 'demo/judge', '--quiet']
      expect((await bench([...args, '--out', out])).code).toBeLessThan(2)
    }
    const saved = join(folder.path, 'saved.jsonl')
    const { code, stdout, stderr } = await bench([
      'rm',
      'eval',
      ...runs,
      '--save',
      saved,
      '--resamples',
      '20',
      '--json',
    ])
    expect(code).toBe(0)
    expect(stderr).toContain('writingbench: left out, its judge gives points')
    const result = JSON.parse(stdout) as { n: number; shift: { checkpoints: { name: string; labelled: number }[] } }
    expect(result).toMatchObject({ ranks: null, shift: { base: 'demo/base' } })
    const [base, tuned] = result.shift.checkpoints
    expect(tuned!.labelled).toBeGreaterThan(base!.labelled)
    const lines = readFileSync(saved, 'utf8').trim().split('\n')
    expect(lines).toHaveLength(result.n)
    expect(JSON.parse(lines[0]!)).toMatchObject({
      checkpoint: 'demo/base',
      type: expect.stringMatching(/^followbench\//),
      p: expect.any(Number),
    })
    // What was saved is measured again without any model.
    const again = await bench(['rm', 'eval', saved, '--resamples', '0', '--json'])
    expect(JSON.parse(again.stdout)).toMatchObject({ scorer: 'p of the file', n: result.n })
  })

  it('says that there are no labels in runs without a judge, and what it expects of several files', async () => {
    using folder = temporaryFolder()
    const out = join(folder.path, 'run')
    await bench(['run', '--bench', 'ifeval', '--model', 'demo/base', '--quiet', '--out', out])
    const none = await bench(['rm', 'eval', out])
    expect(none.code).toBe(2)
    expect(none.stderr).toContain('bench score <run> --judge')
    const file = writeLines(folder.path, scored)
    expect((await bench(['rm', 'eval', file, file])).stderr).toContain('got 2 files')
    expect((await bench(['rm', 'eval', join(folder.path, 'nowhere')])).stderr).toContain('nothing there')
  })

  it('leaves lines without a score out where others have one, instead of mixing two scorers', async () => {
    using folder = temporaryFolder()
    const some = writeLines(
      folder.path,
      scored.map((line, index) => (index < 10 ? { ...line, p: null } : line)),
    )
    const { stdout } = await bench(['rm', 'eval', some, '--json', '--resamples', '0'])
    expect(JSON.parse(stdout)).toMatchObject({ scorer: 'p of the file', n: 90, unscored: 10 })
  })

  it('says when the weights learnt from the file', async () => {
    using folder = temporaryFolder()
    const file = writeLines(
      folder.path,
      scored.map(({ p: _p, ...line }) => line),
    )
    const shipped = fileURLToPath(new URL('../../src/data/reward-model/', import.meta.url))
    const weights = join(folder.path, 'weights')
    cpSync(shipped, weights, { recursive: true })
    const head = JSON.parse(readFileSync(join(weights, 'model.json'), 'utf8')) as { trainingData: object }
    const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex')
    head.trainingData = { ...head.trainingData, 'pairs/mine.jsonl': sha256 }
    writeFileSync(join(weights, 'model.json'), JSON.stringify(head))
    const args = ['rm', 'eval', file, '--resamples', '0']
    const learnt = await bench([...args, '--rm', `embedded:${weights}`])
    expect(learnt.stdout).toMatch(/^NOT HELD OUT: .*pairs\/mine\.jsonl/)
    expect((await bench(args)).stdout).not.toContain('NOT HELD OUT')
  })

  it('names file and line of a label that is none', async () => {
    using folder = temporaryFolder()
    const file = writeLines(folder.path, [scored[0]!, { ...scored[1]!, label: 'yes' }])
    const { code, stderr } = await bench(['rm', 'eval', file])
    expect(code).toBe(2)
    expect(stderr).toContain('labelled.jsonl:2')
    expect(stderr).toContain('label')
  })
})
