import { describe, expect, it } from 'vitest'
import { check, passes } from './_rules.ts'

describe('rules that compare with the target', () => {
  it('asks for the target character by character: no trimming, no normalisation', () => {
    const target = 'name[Café Nord], food[Thai]'
    expect(passes('E2E', target, { target })).toBe(true)
    for (const near of [`${target}\n`, ` ${target}`, target.normalize('NFD'), target.toLowerCase(), `${target}.`]) {
      expect(passes('E2E', near, { target })).toBe(false)
    }
    expect(passes('text_editing', target, { target })).toBe(true)
    expect(passes('text_editing', `${target}\r`, { target })).toBe(false)
  })

  it('takes any selection of the target lines, in any order and number, but no other line', () => {
    const target = 'rain fell on Oslo\nsnow fell on Bergen'
    for (const good of ['rain fell on Oslo', 'snow fell on Bergen\nrain fell on Oslo\nsnow fell on Bergen']) {
      expect(passes('WIKIEVENTS', good, { target })).toBe(true)
    }
    for (const bad of ['', 'rain fell on Oslo\n', 'rain fell on Oslo\r\nsnow fell on Bergen', '1. rain fell on Oslo']) {
      expect(passes('WIKIEVENTS', bad, { target })).toBe(false)
    }
    expect(check('WIKIEVENTS', 'rain fell on Oslo\n', { target }).found).toBe('an empty line')
  })

  it('takes one element of the list, whole', () => {
    const target = `['Vik', "O'Brien",'Ål']`
    for (const good of ['Vik', "O'Brien", 'Ål']) expect(passes('CONLL2003', good, { target })).toBe(true)
    for (const bad of ["'Vik'", 'Vik, Ål', 'vik', '']) expect(passes('CONLL2003', bad, { target })).toBe(false)
  })

  it('refuses a list that is not one when the rule is made', () => {
    expect(() => check('CONLL2003', 'x', { target: "['a', b]" })).toThrow(RangeError)
    expect(() => check('CONLL2003', 'x', { target: 'Vik' })).toThrow(/list of quoted strings/)
  })

  it('finds the target anywhere, also inside a longer word', () => {
    expect(passes('self_made_space', 'on the 114th floor', { target: '14th floor' })).toBe(true)
    expect(passes('self_made_space', 'on the 14th Floor', { target: '14th floor' })).toBe(false)
  })
})

describe('rules that look at the last answer', () => {
  it('compares the last option in ASCII parentheses', () => {
    expect(passes('BBH_logical', 'not (A), rather (B)', { target: '(B)' })).toBe(true)
    expect(passes('BBH_logical', '(B), not (A)', { target: '(B)' })).toBe(false)
    expect(passes('BBH_logical', '(B), as (b) and (AB) and （A） show', { target: '(B)' })).toBe(true)
    expect(check('BBH_logical', 'B', { target: '(B)' }).found).toMatch(/^no option/)
  })

  it('compares the last date that does not overlap an earlier one', () => {
    expect(passes('BBH_time', '01/02/2003, no: 04/05/2006', { target: '04/05/2006' })).toBe(true)
    expect(passes('BBH_time', '01/02/2003/04/2005', { target: '01/02/2003' })).toBe(true)
    expect(passes('BBH_time', '112/29/19371', { target: '12/29/1937' })).toBe(true)
    expect(passes('BBH_time', '1/2/2003', { target: '01/02/2003' })).toBe(false)
    expect(passes('BBH_time', '01/02/2003 ٠٤/٠٥/٢٠٠٦', { target: '01/02/2003' })).toBe(false)
  })

  it('reads English amounts up to the first character that is no digit', () => {
    expect(passes('gsm_8k', 'first $3, then $14.00', { target: '$14' })).toBe(true)
    expect(passes('gsm_8k', '$1,400', { target: '$1' })).toBe(true)
    expect(passes('gsm_8k', '$14 of the $ 20', { target: '$14' })).toBe(true)
    expect(passes('gsm_8k', '$140', { target: '$14' })).toBe(false)
    expect(passes('gsm_8k', '$', { target: '$14' })).toBe(false)
  })

  it('reads Chinese amounts directly before the word for dollars', () => {
    const zh = { target: '14美元', language: 'zh' } as const
    expect(passes('gsm_8k', '共14美元。', zh)).toBe(true)
    expect(passes('gsm_8k', '14美元，很多美元', zh)).toBe(true)
    expect(passes('gsm_8k', '14 美元', zh)).toBe(false)
    expect(passes('gsm_8k', '114美元', zh)).toBe(false)
    expect(passes('gsm_8k', '14美元𝟙𝟜美元', zh)).toBe(false)
    expect(passes('gsm_8k', '', zh)).toBe(false)
  })
})

describe('the template of the example type', () => {
  const target = "{instruction}\n{{'bot': '{answer}'}}"

  it('takes any answer of one line inside the exact frame', () => {
    for (const answer of ['yes', '', 'a\u2028b', "it's", "'}{'"]) {
      expect(passes('example_template', `{'bot': '${answer}'}`, { target })).toBe(true)
    }
  })

  it('fails on anything around the frame, a line feed inside, and a frame that overlaps itself', () => {
    for (const bad of ["{'bot': 'yes'}\n", " {'bot': 'yes'}", "{'bot': 'a\nb'}", '{"bot": "yes"}', "{'bot': '}"]) {
      expect(passes('example_template', bad, { target })).toBe(false)
    }
    expect(passes('example_template', 'aba', { target: '{instruction}\naba{answer}aba' })).toBe(false)
  })

  it('treats everything but the two places as plain text', () => {
    expect(passes('example_template', 'A.+ (x): $&', { target: '{instruction}\nA.+ (x): {answer}' })).toBe(true)
    expect(passes('example_template', 'Abb (x): y', { target: '{instruction}\nA.+ (x): {answer}' })).toBe(false)
  })

  it('refuses a template without exactly one place for the answer', () => {
    for (const broken of ['{instruction}\nAnswer:', '{instruction}\n{answer} {answer}', 'Answer: {answer}']) {
      expect(() => check('example_template', 'x', { target: broken })).toThrow(RangeError)
    }
  })
})
