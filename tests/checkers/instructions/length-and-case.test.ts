import { describe, expect, it } from 'vitest'
import { judge } from './_tools.ts'

const less = (id: string, parameters: Readonly<Record<string, unknown>>, text: string) => ({
  official: judge(id, parameters, text).strict.found,
  fixed: judge(id, parameters, text, 'fixed').strict.found,
})

describe('length_constraints:number_words', () => {
  it.each([
    ["don't", 2, 1],
    ['a well-known 3.14 a_b', 6, 4],
    ['$5,000.00', 3, 1],
    ['हिन्दी', 3, 1],
    ['晴天', 1, 1],
    ['', 0, 0],
  ])('%j has %i words, fixed %i', (text, official, fixed) => {
    const parameters = { num_words: 0, relation: 'at least' }
    const plural = (count: number): string => (count === 1 ? '1 word' : `${count} words`)
    if (text === '') expect(judge('length_constraints:number_words', parameters, text).strict.pass).toBe(false)
    else
      expect(less('length_constraints:number_words', parameters, text)).toEqual({
        official: plural(official),
        fixed: plural(fixed),
      })
  })
})

describe('length_constraints:number_sentences', () => {
  it.each([
    ['It rained. We went home!', '2 sentences', '2 sentences'],
    ['- milk\n- bread\n- salt', '1 sentence', '3 sentences'],
    ['1. Go home. 2. Sleep.', '4 sentences', '3 sentences'],
    ['下雨了。我们回家。', '1 sentence', '2 sentences'],
    ['Dr. Moss left.', '1 sentence', '1 sentence'],
  ])('%j has %s, fixed %s', (text, official, fixed) => {
    const parameters = { num_sentences: 1, relation: 'less than' }
    expect(less('length_constraints:number_sentences', parameters, text)).toEqual({ official, fixed })
  })
})

describe('length_constraints:number_paragraphs', () => {
  it.each([
    ['one\n***\ntwo', '2 paragraphs', '2 paragraphs'],
    ['***\none\n***', '1 paragraph', '1 paragraph'],
    ['one\n****\ntwo', '2 paragraphs', '1 paragraph'],
    ['one\n***\n***\ntwo', 'a blank paragraph between dividers', '2 paragraphs'],
    ['a ***bold*** word', '3 paragraphs', '1 paragraph'],
    ['one\n\ntwo', '1 paragraph', '1 paragraph'],
  ])('%j has %s, fixed %s', (text, official, fixed) => {
    expect(less('length_constraints:number_paragraphs', { num_paragraphs: 9 }, text)).toEqual({ official, fixed })
  })
})

describe('length_constraints:nth_paragraph_first_word', () => {
  const id = 'length_constraints:nth_paragraph_first_word'
  const parameters = { num_paragraphs: 2, nth_paragraph: 2, first_word: 'Evening' }
  it.each([
    ['One.\n\nEvening came.', true, true],
    ["One.\n\n'\"Evening's end", true, true],
    ['One.\n\n**Evening** came', false, true],
    ['One.\n\nEvening; came', false, true],
    ['One.\n\n\nEvening came.', true, true],
    ['One.\n\n\n\nEvening came.', false, true],
    ['One.\r\n\r\nEvening came.', false, true],
    ['One.\n\nEvenings came.', false, false],
    ['One.\n\nEvening.\n\nThree.', false, false],
    ['One.', false, false],
  ])('%j: official %s, fixed %s', (text, official, fixed) => {
    expect([judge(id, parameters, text).strict.pass, judge(id, parameters, text, 'fixed').strict.pass]).toEqual([
      official,
      fixed,
    ])
  })

  it('lets the n-th paragraph be found blank', () => {
    expect(judge(id, parameters, 'One.\n\n \n\nEvening came.').strict.found).toContain('paragraph 2 is blank')
  })
})

describe('change_case', () => {
  const english = 'the lighthouse keeper wrote a letter to his sister about the long winter at sea'

  it('asks for one case and English, in the whole text', () => {
    expect(judge('change_case:english_lowercase', {}, english).strict).toMatchObject({
      pass: true,
      found: expect.stringContaining('language en'),
    })
    expect(judge('change_case:english_lowercase', {}, `${english} A`).strict.found).toBe('not all lower-case letters')
    const german = 'der leuchtturmwärter schrieb seiner schwester einen brief über den langen winter am meer'
    expect(judge('change_case:english_lowercase', {}, german).strict).toMatchObject({
      pass: false,
      found: expect.stringContaining('language de'),
    })
  })

  it('judges capitals by the first letters of words, and by the lower-cased text when fixed', () => {
    const capitals = english.toUpperCase()
    expect(judge('change_case:english_capital', {}, capitals, 'fixed').strict).toMatchObject({ pass: true })
    expect(judge('change_case:english_capital', {}, capitals).strict.found).toMatch(
      /^all capital letters, language \w+$/,
    )
    expect(judge('change_case:english_capital', {}, 'Not All Capitals').strict.pass).toBe(false)
  })

  it('follows a text in which no language can be detected, unless fixed', () => {
    const signs = 'Ⓐ Ⓑ'
    expect(judge('change_case:english_capital', {}, signs).strict).toMatchObject({
      pass: true,
      found: expect.stringContaining('no language'),
    })
    expect(judge('change_case:english_capital', {}, signs, 'fixed').strict.pass).toBe(false)
    expect(judge('language:response_language', { language: 'fr' }, '12345').strict.pass).toBe(true)
    expect(judge('language:response_language', { language: 'fr' }, '12345', 'fixed').strict.pass).toBe(false)
  })

  it.each([
    ["DON'T stop", '2 words in capitals', '1 word in capitals'],
    ['I saw A CAT', '3 words in capitals', '3 words in capitals'],
    ['HELLO-WORLD is U.S. made', '2 words in capitals', '3 words in capitals'],
    ['x2 B2', '1 word in capitals', '1 word in capitals'],
  ])('counts capital words of %j: %s, fixed %s', (text, official, fixed) => {
    const parameters = { capital_frequency: 1, capital_relation: 'at least' }
    expect(less('change_case:capital_word_frequency', parameters, text)).toEqual({ official, fixed })
  })
})

describe('language:response_language', () => {
  it('compares the detected language', () => {
    const french = 'La gardienne du phare écrit une longue lettre à son frère pendant la tempête.'
    expect(judge('language:response_language', { language: 'fr' }, french).strict).toEqual({
      pass: true,
      expected: 'language fr',
      found: 'language fr',
    })
    expect(judge('language:response_language', { language: 'it' }, french).strict.pass).toBe(false)
  })
})
