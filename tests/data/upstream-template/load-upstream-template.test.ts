import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DataError } from '../../../src/core/errors.ts'
import { sha256 } from '../../../src/core/hash.ts'
import { dataLock, lockedDataset, lockedFile } from '../../../src/data/data-lock.ts'
import {
  fillTemplate,
  loadUpstreamTemplate,
  type TemplateRecipe,
  templateRecipes,
} from '../../../src/data/upstream-template/index.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heed-template-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function sourceFile(text: string): Promise<string> {
  const path = join(folder, 'prompts.py')
  await writeFile(path, text)
  return path
}

function recipeFor(text: string, recipe: Pick<TemplateRecipe, 'literal' | 'style' | 'isStripped'>): TemplateRecipe {
  return {
    id: 'test/judge',
    dataset: 'test-upstream',
    file: 'prompts.py',
    ...recipe,
    check: { sha256: sha256(text), characters: [...text].length },
  }
}

describe('loadUpstreamTemplate', () => {
  it('reads an f-string out of a lambda and fills it by name', async () => {
    const path = await sourceFile(`
judge_for_us = lambda prompt, gold: f'''题目：{prompt}\\n参考：\\t{gold}\\"完\\"'''
`)
    const text = '题目：{prompt}\n参考：\t{gold}"完"'
    const recipe = recipeFor(text, { literal: { after: 'judge_for_us', quote: "'''", prefix: 'f' }, style: 'named' })
    const template = await loadUpstreamTemplate(path, recipe)
    expect(template).toEqual({ id: 'test/judge', text, sha256: sha256(text), style: 'named' })
    expect(fillTemplate(template.text, { prompt: '{gold}', gold: 'G' }, template.style)).toBe(
      '题目：{gold}\n参考：\tG"完"',
    )
  })

  it('trims Python white space where upstream calls strip', async () => {
    const path = await sourceFile('ask_system = """\n\u3000 You judge. \x1f\n""".strip()\n')
    const recipe = recipeFor('You judge.', { literal: { after: 'ask_system' }, isStripped: true, style: 'format' })
    expect((await loadUpstreamTemplate(path, recipe)).text).toBe('You judge.')
  })

  it('gives the fields of an f-string new names and proves the filled text', async () => {
    const path = await sourceFile(`
def predict(q, a):
    text = f"Rule: {q.strip()}. Text: {a}"
`)
    const recipe: TemplateRecipe = {
      id: 'test/input',
      dataset: 'test-upstream',
      file: 'prompts.py',
      literal: { after: ['predict', 'text'], prefix: 'f' },
      fieldNames: ['constraint', 'response'],
      style: 'named',
      check: {
        sha256: sha256('Rule: C. Text: A'),
        characters: 16,
        filledWith: { response: 'A', constraint: 'C' },
      },
    }
    expect((await loadUpstreamTemplate(path, recipe)).text).toBe('Rule: {constraint}. Text: {response}')
  })

  it('names both digests and the file when the text is another one', async () => {
    const path = await sourceFile('ASK = """changed"""')
    const recipe = recipeFor('original', { literal: { after: 'ASK' }, style: 'format' })
    const error = await loadUpstreamTemplate(path, recipe).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(DataError)
    expect(error).toMatchObject({ code: 'template-digest', exitCode: 2, location: { file: path } })
    for (const part of [sha256('original'), sha256('changed'), path, 'test/judge']) {
      expect((error as Error).message).toContain(part)
    }
  })

  it('names the file when the literal is not there', async () => {
    const path = await sourceFile('OTHER = """x"""')
    const recipe = recipeFor('x', { literal: { after: 'ASK' }, style: 'format' })
    await expect(loadUpstreamTemplate(path, recipe)).rejects.toThrow(`${path}: Expected the name ASK`)
  })

  it('has recipes with complete digests for files that the lock names', () => {
    expect(templateRecipes).toHaveLength(8)
    expect(new Set(templateRecipes.map(({ id }) => id)).size).toBe(8)
    for (const { check, dataset, file } of templateRecipes) {
      expect(check.sha256).toMatch(/^[0-9a-f]{64}$/)
      expect(lockedFile(lockedDataset(dataLock(), dataset), file).sha256).toMatch(/^[0-9a-f]{64}$/)
    }
  })
})
