import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bench, temporaryFolder } from './_bench.ts'
import { type DemoRuns, demoRuns, editJson } from './_demo-runs.ts'

describe('bench report', () => {
  let runs: DemoRuns
  beforeAll(async () => {
    runs = await demoRuns()
  })
  afterAll(() => runs.dispose())

  async function page(...args: string[]): Promise<string> {
    using folder = temporaryFolder()
    const file = join(folder.path, 'page.html')
    const { code, stderr } = await bench(['report', ...args, '--out', file, '--replicates', '200'])
    expect(stderr).toBe('')
    expect(code).toBe(0)
    return readFileSync(file, 'utf8')
  }

  it('writes one file with every section, without script and network, marked as SAMPLE', async () => {
    const text = await page(runs.tuned, runs.base, '--baseline', runs.base)
    const ids = [...text.matchAll(/<section id="([^"]+)"/g)].map((match) => match[1])
    expect(ids).toEqual([
      'headline',
      'differences',
      'levels',
      'types',
      'changed',
      'agreement',
      'usage',
      'ledger',
      'manifest',
    ])
    expect(text).toContain('<title>SAMPLE: ')
    expect(text).toContain('SAMPLE: every figure on this page comes from invented items')
    expect(text).toMatch(/content="default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'"/)
    expect(text.match(/<script|<link|<img|@import|url\(|<[^>]*\son\w+=[^>]*>/g)).toBe(null)
    expect(text.match(/<svg /g)).toHaveLength(2)
  })

  it('says why what does not compare is left out, and still makes the page', async () => {
    const other = runs.copy('tuned', 'other-judge', (folder) =>
      editJson(join(folder, 'scores.json'), (scores: { scoring: { judge: string } }) => {
        scores.scoring.judge = 'another judge'
      }),
    )
    const text = await page(runs.base, other)
    const refused = [...text.matchAll(/not compared: demo\/tuned on (\w+) \(different or missing: ([^)]*)\)/g)]
    expect(new Set(refused.flatMap(([, id, why]) => (why!.startsWith('judge') ? [id] : [])))).toEqual(
      new Set(['cfbench', 'followbench', 'multichallenge']),
    )
    expect(text).toContain('Differences to demo/base')
  })

  it('leaves the differences out of the page of one run, and other benchmarks with --bench', async () => {
    const text = await page(runs.base, '--bench', 'ifeval')
    expect(text).not.toContain('id="differences"')
    expect(text).toContain('IFEval')
    expect(text).not.toContain('CFBench')
  })

  it('answers wrong input with exit code 2 and a way out', async () => {
    const { code, stderr } = await bench(['report', runs.base, '--out', '/nonexistent/folder/page.html'])
    expect(code).toBe(2)
    expect(stderr).toContain('--out')
    expect((await bench(['report', runs.base, '--bench', 'nothing'])).code).toBe(2)
  })
})
