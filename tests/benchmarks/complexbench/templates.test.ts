import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { complexbench } from '../../../src/benchmarks/complexbench/index.ts'
import { houseTemplates, loadTemplates } from '../../../src/benchmarks/complexbench/templates.ts'
import { fillTemplate } from '../../../src/data/upstream-template/index.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'heed-'))
  writeFileSync(join(folder, 'RAL_evaluator.py'), 'EVALUATION_PROMPT = """\n{input}\n{output}\n{question}"""\n')
  writeFileSync(
    join(folder, 'RAL_extractor.py'),
    'EXTRACTION_PROMPT = """{instruction}{response}{question}"""\nEXTRACTION_PROMPT_EACH = """{{}}{instruction}{response}{question}"""\n',
  )
})
afterAll(() => rmSync(folder, { recursive: true }))

const installed = (...names: readonly string[]) => ({
  asset: (dataset: string, file: string) =>
    dataset === 'complexbench-upstream' && names.some((name) => file === `evaluation/prompts/${name}`)
      ? join(folder, file.slice('evaluation/prompts/'.length))
      : null,
})

describe('prompt templates', () => {
  it('are the harness’s own unless both upstream files are there, and then every figure says so', async () => {
    expect(await loadTemplates(installed())).toBe(houseTemplates)
    expect(await loadTemplates(installed('RAL_evaluator.py'))).toBe(houseTemplates)
    const scorer = await complexbench.prepare({ ...installed(), edition: 'zh', isSample: false })
    expect(scorer.labels).toEqual(['house-prompt'])
  })

  it('are refused when the files are not the pinned ones', async () => {
    const wrong = loadTemplates(installed('RAL_evaluator.py', 'RAL_extractor.py'))
    await expect(wrong).rejects.toMatchObject({ code: 'template-digest' })
  })

  it('of our own have the slots of the protocol and ask for its reply formats', () => {
    const filled = fillTemplate(houseTemplates.judge.text, { input: 'I', output: 'O', question: 'Q' }, 'format')
    expect(filled).toContain('答案：是')
    for (const { text } of [houseTemplates.extraction, houseTemplates.extractionEach]) {
      const prompt = fillTemplate(text, { instruction: 'I', response: 'R', question: 'Q' }, 'format')
      expect(prompt).toContain('【模型回复中评分问题的评测对象】\n评分对象：')
    }
    expect(houseTemplates.extractionEach.text).toContain('||')
  })
})
