import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { constraintKey, repeatedConstraint } from '../../../src/runners/pseudo-label/constraint-key.ts'
import { isValidation } from '../../../src/runners/pseudo-label/export-hugging-face.ts'
import { LevelCounter } from '../../../src/runners/pseudo-label/level-counts.ts'
import { removeDrafts } from '../../../src/runners/pseudo-label/line-file.ts'
import type { LevelRecord } from '../../../src/runners/pseudo-label/pseudo-label.types.ts'
import { checkSeed, withoutRepeats } from '../../../src/runners/pseudo-label/seed.ts'

const seed = (id: string, instruction: string, ...texts: string[]) =>
  checkSeed({ id, instruction, ...(texts.length > 0 ? { constraints: texts.map((text) => ({ text })) } : {}) }, {})

describe('constraints that say the same', () => {
  it('are known in spite of case, width, white space and full stops', () => {
    expect(repeatedConstraint(['Be kind.', 'Be brief.', 'be  KIND'])).toBe(2)
    expect(repeatedConstraint(['用中文回答。', '用中文回答'])).toBe(1)
    expect(repeatedConstraint(['Mention C.', 'Mention C++.', 'Mention C#.'])).toBe(-1)
    expect(constraintKey('...')).toBe('')
  })

  it('are refused in a seed, naming the item', () => {
    expect(() => seed('s', 'x', 'Be kind.', 'be kind')).toThrow(/every constraint once, got "be kind" again/)
  })
})

describe('seeds that ask the same', () => {
  it('are left out after the first, and named', () => {
    const { seeds, repeated } = withoutRepeats([
      seed('a', 'x', 'y'),
      seed('b', 'x', 'z'),
      seed('c', 'x', 'y'),
      seed('d', 'x'),
      seed('e', 'x'),
    ])
    expect(seeds.map(({ id }) => id)).toEqual(['a', 'b', 'd'])
    expect(repeated).toEqual([
      { seed: 'c', of: 'a' },
      { seed: 'e', of: 'd' },
    ])
  })

  it('share a side of the split with every seed of their task', () => {
    const sides = Array.from({ length: 200 }, (_, index) => isValidation(`task ${index}`, 0.3))
    expect(sides.filter(Boolean).length).toBeGreaterThan(35)
    expect(sides.filter(Boolean).length).toBeLessThan(85)
    expect(isValidation('task 1', 0)).toBe(false)
    expect(isValidation('task 1', 1)).toBe(true)
  })
})

describe('the count of levels', () => {
  it('tells soft from hard constraints and leaves level zero out', () => {
    const counter = new LevelCounter()
    const rule = { id: 'punctuation:no_comma', kwargs: {} }
    const constraints = [{ text: 'a' }, { text: 'b', rule }]
    for (const level of [2, 0, 1, 1])
      counter.add({ level, constraints: constraints.slice(0, level) } as unknown as LevelRecord)
    expect(counter.counts()).toEqual([
      { level: 1, instructions: 2, constraints: 2, soft: 2, hard: 0 },
      { level: 2, instructions: 1, constraints: 2, soft: 1, hard: 1 },
    ])
  })
})

describe('drafts of a killed process', () => {
  it('are removed, and nothing else', () => {
    const folder = mkdtempSync(join(tmpdir(), 'heed-drafts-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    for (const name of ['pairs.jsonl', 'pairs.jsonl.123.tmp', 'pairs.jsonl.old.tmp', 'levels.jsonl.123.tmp']) {
      writeFileSync(join(folder, name), '')
    }
    removeDrafts(join(folder, 'pairs.jsonl'))
    expect(readdirSync(folder).sort()).toEqual(['levels.jsonl.123.tmp', 'pairs.jsonl', 'pairs.jsonl.old.tmp'])
  })
})
