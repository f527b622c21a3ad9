import { describe, expect, it } from 'vitest'
import { findRuleFlaw } from '../../../src/checkers/complexbench/rule-flaw.ts'

describe('rules of the data', () => {
  it('are refused when nobody knows their name, with a near one as a hint', () => {
    expect(findRuleFlaw('model_lenght:[1,5]')).toMatchObject({
      code: 'unknown-rule',
      message: expect.stringContaining('Unknown rule `model_lenght`') as string,
      hint: 'Did you mean `model_length`?',
    })
    expect(findRuleFlaw('')).toMatchObject({ code: 'unknown-rule' })
  })

  it.each([
    ['model_length:[5]', 'two numbers'],
    ['model_length:[a,b]', 'numbers or strings'],
    ['model_length:["1","2"]', 'two numbers'],
    ['model_number_each:3', 'model_number_each:[...]'],
    ['length:[1;5]', 'list of numbers'],
    ['model_keyword_num:[x,1,甲]', 'integer'],
    ['model_keyword_num_each:[1]', 'two integers'],
    ['model_keyword:[甲] ', 'model_keyword:[...]'],
    ['Json:[1]', 'names of keys'],
    ['model_startswith:甲 model_endswith:乙', 'model_endswith:...'],
  ])('are refused when their parameters are malformed: %s', (rule, message) => {
    expect(findRuleFlaw(rule)).toMatchObject({ code: 'bad-rule', message: expect.stringContaining(message) as string })
  })

  it('pass when they can be used, and where only the official evaluator cannot decide them', () => {
    for (const rule of ['model_length:[1,5]', 'Json:[]', 'startswith:', 'keyword:[teach]', 'keyword_num:[1,1,甲]']) {
      expect(findRuleFlaw(rule)).toBeNull()
    }
  })
})
