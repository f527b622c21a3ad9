import { describe, expect, it } from 'vitest'
import { compileRule } from '../../../src/checkers/complexbench/compile-rule.ts'
import { RuleError } from '../../../src/checkers/complexbench/rule-error.ts'

const verdict = (rule: string, ...segments: string[]) => compileRule(rule).evaluate(segments).verdict
const fixed = (rule: string, ...segments: string[]) => compileRule(rule, 'fixed').evaluate(segments).verdict

describe('the official reading of rules', () => {
  it('counts code points, both bounds included, and takes the better of the quoted and the bare passage', () => {
    expect(verdict('model_length:[2,3]', '😀😀')).toBe(true)
    expect(verdict('model_length:[2,3]', '😀😀😀😀')).toBe(false)
    expect(verdict('model_length:[2,3]', '“甲乙丙”')).toBe(true)
  })

  it('reads the upper bound only when the lower one is met', () => {
    expect(verdict('model_length:[5]', '短')).toBe(false)
    expect(() => verdict('model_length:[5]', '够长的文字')).toThrow(RuleError)
  })

  it('notices a malformed rule only on a passage with text', () => {
    expect(verdict('model_length:5,10')).toBe(false)
    expect(() => verdict('model_length:5,10', '甲')).toThrow('model_length:[...]')
  })

  it('says with which exception the official evaluator ends', () => {
    const nameOf = (rule: string) => compileRule(rule).error?.pythonName
    expect(nameOf('model_keyword_num:[1,2')).toBe('IndexError')
    expect(nameOf('model_keyword_num_each:[1,2')).toBe('AttributeError')
    expect(nameOf('model_keyword_num_each:[1,2]\n\nmodel_forbidden_word_each:[甲]')).toBe('AttributeError')
    expect(nameOf('model_keyword_num_each:[x,2]')).toBe('ValueError')
  })

  it('maps the punctuation of the keyword but not of the passage in model_keyword', () => {
    expect(verdict('model_keyword:[a.b]', 'a.b')).toBe(false)
    expect(verdict('model_keyword:[a.b]', 'a。b')).toBe(true)
    expect(verdict('model_keyword_each:[a.b]', 'a.b')).toBe(true)
  })

  it('does not look at the last of several passages in model_endswith_each', () => {
    expect(verdict('model_endswith_each:！', '好！', '坏。')).toBe(true)
    expect(verdict('model_endswith_each:！', '坏。')).toBe(false)
  })

  it('keeps white space around the items of the counting rules for several passages', () => {
    expect(verdict('model_keyword_num_each:[1,1,春, 夏]', '夏天')).toBe(false)
    expect(verdict('model_keyword_num_each:[1,1,春, 夏]', '春 夏')).toBe(false)
    expect(verdict('model_keyword_num:[1,1,春, 夏]', '夏天')).toBe(true)
  })

  it('gives 2 for forms that it does not know, also where a keyword leads it astray', () => {
    for (const rule of ['keyword:[teach]', 'keyword:[model]', 'keyword_num:[1,1,甲]', '随便', 'model_unknown:[1]']) {
      expect(verdict(rule, 'teach model 甲')).toBe(2)
    }
  })

  it('takes a passage with the word None for no passage, in plain rules alone', () => {
    expect(verdict('length:[1,20]', 'None of them')).toBe(false)
    expect(verdict('forbidden_word:[None]', 'None of them')).toBe(true)
    expect(verdict('model_length:[1,20]', 'None of them')).toBe(true)
  })

  it('passes lists of empty passages alone, and fails a single empty one', () => {
    expect(verdict('model_keyword_each:[甲]', '', '')).toBe(true)
    expect(verdict('model_keyword_each:[甲]', '')).toBe(false)
    expect(verdict('model_forbidden_word:[甲]', '')).toBe(true)
  })

  it('accepts a full stop or question mark after an ending, but no exclamation mark', () => {
    expect(verdict('model_endswith:完', '说完.')).toBe(true)
    expect(verdict('model_endswith:完', '说完？')).toBe(true)
    expect(verdict('model_endswith:完', '说完！')).toBe(false)
    expect(verdict('model_endswith:完', '说完\n')).toBe(false)
  })

  it('asks for exactly the listed keys, each of its own', () => {
    expect(verdict('Json:["toString"]', '{"a":1}')).toBe(false)
    expect(verdict('Json:["__proto__"]', '{"__proto__":1}')).toBe(true)
    expect(verdict('Json:["a"]', '结果：{"a": NaN} 完')).toBe(true)
    expect(verdict('Json:["a"]', '{"a":1,"b":2}')).toBe(false)
    expect(verdict('Json:[]', '[{"a":1}]')).toBe(true)
  })

  it('says what was asked for and what was found', () => {
    expect(compileRule('model_keyword:[甲,乙]').evaluate(['只有甲'])).toEqual({
      verdict: false,
      expected: 'contains “甲”, “乙”',
      found: 'no “乙”',
    })
    expect(compileRule('model_length_each:[1,2]').evaluate(['甲', '甲乙丙'])).toMatchObject({
      expected: 'every passage: 1 to 2 characters',
      found: 'passage 2: 3 characters',
    })
    expect(compileRule('model_constraint_punc:[。]').evaluate(['甲，乙；'])).toMatchObject({ found: '， ；' })
  })
})

describe('the fixed reading of rules', () => {
  it('reads rule and passage alike', () => {
    expect(fixed('model_keyword:[a.b]', 'a.b')).toBe(true)
    expect(fixed('model_forbidden_word:[!]', '好!')).toBe(false)
    expect(verdict('model_forbidden_word:[!]', '好!')).toBe(true)
    expect(fixed('model_constraint_punc:[。]', '好,')).toBe(false)
    expect(fixed('match:OK, 好', 'OK, 好')).toBe(true)
    expect(verdict('match:OK, 好', 'OK, 好')).toBe(false)
  })

  it('looks at every passage with text, and at nothing else', () => {
    expect(fixed('model_endswith_each:！', '好！', '坏。')).toBe(false)
    expect(fixed('model_keyword_each:[甲]', '', '')).toBe(false)
    expect(fixed('model_number_each:[1,1]', '甲', '')).toBe(true)
  })

  it('trims the whole response before it looks at its ends', () => {
    expect(fixed('model_endswith:完', '说完\n')).toBe(true)
    expect(fixed('model_startswith:说', '\n说完')).toBe(true)
  })

  it('looks for names before the colon alone', () => {
    expect(fixed('keyword:[teach]', 'teach')).toBe(true)
    expect(fixed('startswith:each', 'each of us')).toBe(true)
    expect(compileRule('model_startswith:甲\nmodel_endswith:乙', 'fixed').kind).toBe('model_startswith+model_endswith')
  })

  it('takes a passage that quotes the word None for a passage', () => {
    expect(fixed('length:[1,20]', 'None of them')).toBe(true)
  })
})
