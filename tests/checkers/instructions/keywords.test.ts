import { describe, expect, it } from 'vitest'
import { type Case, judge, strictVerdicts } from './_tools.ts'

function existence(keyword: string, text: string, official: boolean, fixed = official): Case {
  return [{ keywords: [keyword] }, text, official, fixed]
}

describe('keywords:existence', () => {
  it.each<Case>([
    existence('cat', 'A CAT sleeps', true),
    existence('cat', 'They concatenate files', true, false),
    existence('kin', 'S\u212aIN', true, false),
    existence('kin', '\u212aIN', true),
    existence('list', 'a Lıſt', true),
    existence('a.c', 'abc', true, false),
    existence('a.c', 'a.c', true),
    existence('colou?r', 'color', true, false),
    existence('straße', 'STRAẞE', true),
    existence('straße', 'STRASSE', false),
    existence('e.g.', 'e.g. this', true),
    existence('雨', '下雨了', true, false),
    [{ keywords: ['lamp', 'oil'] }, 'a lamp', false, false],
    [{ keywords: ['lamp', 'oil'] }, 'oil for the lamp', true, true],
  ])('%j in %j: official %s, fixed %s', (...row) => {
    expect(strictVerdicts('keywords:existence', row)).toEqual([row[2], row[3]])
  })

  it('names what is missing', () => {
    const { strict } = judge('keywords:existence', { keywords: ['lamp', 'oil', 'wick'] }, 'the oil')
    expect(strict).toEqual({ pass: false, expected: 'all of lamp, oil, wick', found: 'missing lamp, wick' })
  })
})

describe('keywords:frequency', () => {
  const cases: readonly (readonly [string, string, number, number])[] = [
    ['war', 'warlike towards war', 3, 1],
    ['aa', 'aaaaa aa', 3, 1],
    [' story ', 'Story, story; stories', 2, 2],
    ['.', 'a\nb', 2, 0],
    ['x*', 'axxb', 4, 0],
    ['(a)(b)', 'abab', 2, 0],
    ['é', 'É é e\u0301', 2, 2],
  ]
  it.each(cases)('%j in %j: official %i times, fixed %i times', (keyword, text, official, fixed) => {
    for (const [protocol, count] of [
      ['official', official],
      ['fixed', fixed],
    ] as const) {
      const found = (frequency: number, relation: string): boolean =>
        judge('keywords:frequency', { keyword, frequency, relation }, text, protocol).strict.pass
      expect([found(count, 'at least'), found(count + 1, 'at least')]).toEqual([true, false])
      expect([found(count, 'less than'), found(count + 1, 'less than')]).toEqual([false, true])
    }
  })
})

describe('keywords:forbidden_words', () => {
  const forbid = (word: string, text: string, official: boolean, fixed = official): Case => [
    { forbidden_words: [word] },
    text,
    official,
    fixed,
  ]
  it.each<Case>([
    forbid('rock', 'Rocks roll', true),
    forbid('rock', 'rock-solid', false),
    forbid('rock', 'under_rock', true),
    forbid('rock', 'rocké', true),
    forbid('rock', 'roc ROCK!', false),
    forbid('rock', '𝔸rock', true),
    forbid('#tag', 'a #tag here', true, false),
    forbid('#tag', 'a#tag', false),
    forbid('etc.', 'and etc. and', true, false),
    forbid('x|y', 'xylophone', false, true),
    forbid('straße', 'die STRAẞE hier', false),
  ])('%j in %j: official %s, fixed %s', (...row) => {
    expect(strictVerdicts('keywords:forbidden_words', row)).toEqual([row[2], row[3]])
  })
})

describe('keywords:letter_frequency', () => {
  it('counts a letter in both cases everywhere, as code points', () => {
    const parameters = { letter: ' Q ', let_frequency: 3, let_relation: 'at least' }
    expect(judge('keywords:letter_frequency', parameters, 'Quick quiet Q').strict).toMatchObject({
      pass: true,
      found: '3 times',
    })
    expect(judge('keywords:letter_frequency', parameters, 'Quick quiet').strict.pass).toBe(false)
    const emoji = { letter: '😀', let_frequency: 2, let_relation: 'less than' }
    expect(judge('keywords:letter_frequency', emoji, '😀😀').strict.pass).toBe(false)
  })

  it('counts a sign that upstream would replace by a random letter, and says so', async () => {
    const { compileInstruction } = await import('../../../src/checkers/instructions/registry.ts')
    const sign = compileInstruction('keywords:letter_frequency', {
      letter: '#',
      let_frequency: 2,
      let_relation: 'at least',
    })
    expect(sign.remark).toContain('random letter')
    const letter = compileInstruction('keywords:letter_frequency', {
      letter: 'e',
      let_frequency: 2,
      let_relation: 'at least',
    })
    expect(letter.remark).toBeUndefined()
  })
})
