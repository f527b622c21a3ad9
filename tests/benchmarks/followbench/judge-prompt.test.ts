import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { housePrompts, loadJudgePrompts } from '../../../src/benchmarks/followbench/judge-prompt.ts'
import { ruleLanguages } from '../../../src/checkers/followbench/rule.ts'

const path = ['Tell me of tides.', 'Tell me of tides in a letter.', 'Tell me of tides in a short letter.']

describe('the house prompt', () => {
  it.each(ruleLanguages)(
    'holds every version in order, the answer, and the number of verdicts asked for: %s',
    (language) => {
      const prompt = housePrompts(language).render('format', path, 'Dear {level}, $&')
      const places = [...path.map((instruction) => `\n${instruction}\n\n`), '\nDear {level}, $&\n\n', "'YES'", "'NO'"]
      const positions = places.map((place) => prompt.indexOf(place))
      expect(positions).not.toContain(-1)
      expect(positions).toEqual([...positions].sort((one, other) => one - other))
      expect(prompt).toContain(language === 'en' ? 'list of 2 strings' : '有2个字符串')
      expect(prompt.endsWith('\n')).toBe(false)
    },
  )

  it('speaks of one constraint at level 1 and of the type in question', () => {
    const prompts = housePrompts('en')
    expect(prompts.render('style', path.slice(0, 2), 'x')).toContain('one constraint was added')
    expect(prompts.render('style', path, 'x')).not.toBe(prompts.render('content', path, 'x'))
  })

  it('has one hash per language, which does not hang on items', () => {
    const hashes = ruleLanguages.map((language) => housePrompts(language).templateHash)
    expect(hashes[0]).not.toBe(hashes[1])
    expect(housePrompts('en').templateHash).toBe(hashes[0])
  })
})

describe('choosing the prompt', () => {
  it('takes the house prompt where the upstream file is not installed, and says so', async () => {
    const asked: string[] = []
    const asset = (dataset: string, file: string) => {
      asked.push(`${dataset}/${file}`)
      return null
    }
    const prompts = await loadJudgePrompts('zh', { edition: 'zh', isSample: false, asset })
    expect(prompts.isOfficial).toBe(false)
    expect(asked).toEqual(['followbench-upstream/code_zh/gpt4_based_evaluation.py'])
  })

  it('refuses an upstream file that is not the pinned one instead of scoring with it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'heed-followbench-'))
    const file = join(folder, 'gpt4_based_evaluation.py')
    const functions = ['content', 'situation', 'style', 'format', 'mixed'].map(
      (type) =>
        `def ${type}_evaluation_prompt(a, b):\n    prompt = ${Array(18).fill('"x"').join(' + ')}\n    return prompt\n`,
    )
    writeFileSync(file, functions.join('\n'))
    const load = loadJudgePrompts('en', { edition: 'en', isSample: false, asset: () => file })
    await expect(load).rejects.toMatchObject({ code: 'template-digest' })
    rmSync(folder, { recursive: true })
  })
})
