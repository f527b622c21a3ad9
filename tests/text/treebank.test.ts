import { describe, expect, it } from 'vitest'
import { housePunktParameters } from '../../src/text/house-punkt.ts'
import { createPunkt } from '../../src/text/punkt.ts'
import { createWordTokenizer } from '../../src/text/treebank.ts'

const words = createWordTokenizer(createPunkt(housePunktParameters))
const words310 = createWordTokenizer(createPunkt(housePunktParameters, '3.10'), '3.10')

describe('Treebank words', () => {
  it.each<[string, string]>([
    ["I don't know", "I do n't know"],
    ['I don’t know', 'I don ’ t know'],
    ["It's Ann's.", "It 's Ann 's ."],
    ["I'd've gone", "I'd 've gone"],
    ["WE'LL see, He'Ll not", "WE 'LL see , He'Ll not"],
    ['cannot CANNOT gonna wanna go', 'can not CAN NOT gon na wan na go'],
    ['gımme', 'gım me'],
    ["'tis more'n that", "'t is more 'n that"],
    ['1,000.50 at 3:45, ok', '1,000.50 at 3:45 , ok'],
    ['$5 & 50% #1', '$ 5 & 50 % # 1'],
    ['well-known and/or a—b -- c', 'well-known and/or a—b -- c'],
    ['"Go" (now) [x] {y} <z>', "`` Go '' ( now ) [ x ] { y } < z >"],
    ['the U.S. fleet', 'the U.S. fleet'],
    ['in the U.S.', 'in the U.S .'],
    ['Wait... what?!', 'Wait ... what ? !'],
    ['a `quoted` “word”', 'a ` quoted ` “ word ”'],
    ["the dogs' bowls", "the dogs ' bowls"],
    ['*bold* **two**', '* bold * * * two * *'],
    ['end.)  ', 'end . )'],
    ['a,\nb:', 'a , b :'],
  ])('%j', (text, expected) => {
    expect(words(text).join(' ')).toBe(expected)
  })

  it('tokenises sentence by sentence', () => {
    expect(words('It rained. We left.')).toEqual(['It', 'rained', '.', 'We', 'left', '.'])
    expect(words(' \n ')).toEqual([])
  })

  it('splits dashes and lone apostrophes from NLTK 3.10 on', () => {
    expect(words310('a—b')).toEqual(['a', '—', 'b'])
    expect(words("'tool kit")).toEqual(["'tool", 'kit'])
    expect(words310("'ello kit")).toEqual(["'", 'ello', 'kit'])
    expect(words310("it's\tgone")).toEqual(['it', "'s", 'gone'])
    expect(words("it's\tgone")).toEqual(["it's", 'gone'])
  })

  it.each([
    'a.'.repeat(300_000),
    `a.${' )'.repeat(500_000)}x`,
    '"'.repeat(1_000_000),
    "x' ".repeat(300_000),
    "can't ".repeat(150_000),
  ])('takes linear time on hostile text %#', (text) => {
    const started = process.cpuUsage()
    words(text)
    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(2)
  })
})
