import { describe, expect, it } from 'vitest'
import { type JudgeParserId, judgeScores, readJudgeReply } from '../../../src/checkers/followbench/judge-reply.ts'
import { readJudgeReplyTolerantly } from '../../../src/checkers/followbench/tolerant-judge-reply.ts'

function scores(reply: string, level: number, parser: JudgeParserId = 'en') {
  const found = judgeScores(readJudgeReply(reply, level, parser))
  return found && [found.hard, found.soft]
}

describe('the official reading of a judge reply', () => {
  it('reads the list on the last line, after back-ticks and white space at the ends', () => {
    expect(scores("Reasons.\n['YES', 'NO', 'YES']", 3)).toEqual([0, 2 / 3])
    expect(scores("```python\n['YES', 'YES']\n```", 2)).toEqual([1, 1])
    expect(scores("['YES', 'YES']\nThanks.", 2)).toBeNull()
    expect(scores("```\n['YES', 'YES']\n```\n", 2)).toBeNull()
    expect(scores("Answer: ['YES', 'YES'], as shown.", 2)).toEqual([1, 1])
  })

  it('takes the text from the first to the last bracket, so that a second bracket spoils it', () => {
    expect(scores("[1] ['YES', 'YES']", 2)).toBeNull()
    expect(scores("['YES', 'YES'] # see [1]", 2)).toEqual([1, 1])
  })

  it('wants exactly one known word per constraint', () => {
    expect(scores("['YES']", 2)).toBeNull()
    expect(scores("['YES', 'YES', 'NO']", 2)).toBeNull()
    expect(scores("['YES', 'yes']", 2)).toBeNull()
    expect(scores("['YES', 'PARTIAL', 'MAYBE', 'UNKNOWN', 'N/A']", 5)).toEqual([0, 0.2])
    expect(scores('[YES, NO]', 2)).toBeNull()
    expect(scores("['YES', None]", 2)).toBeNull()
  })

  it('tests for substrings at level 1, YES first', () => {
    expect(scores('YES and NO', 1)).toEqual([1, 1])
    expect(scores('This is UNKNOWN.', 1)).toEqual([0, 0])
    expect(scores('Yes', 1)).toBeNull()
    expect(scores('N/A', 1)).toBeNull()
    expect(scores('error', 1)).toBeNull()
  })

  it('says what it expected and found', () => {
    expect(readJudgeReply("['YES']", 3, 'en')).toMatchObject({
      parsed: false,
      reason: 'expected a list of 3, found 1 elements',
    })
    expect(readJudgeReply('', 3, 'en')).toMatchObject({ reason: 'expected a list on the last line, found nothing' })
  })

  it('has other habits in Chinese', () => {
    expect(scores('[“YES”, “NO”]', 2, 'zh')).toEqual([0, 0.5])
    expect(scores('[YES, NO]', 2, 'zh')).toEqual([0, 0.5])
    expect(scores('[YES, UNKNOWN]', 2, 'zh')).toBeNull()
    expect(scores("['YES', 'YES', 'whatever', 3]", 2, 'zh')).toEqual([1, 1])
    expect(scores("['YES', 'PARTIALLY']", 2, 'zh')).toEqual([0, 0.5])
    expect(scores("['YES', 'N/A']", 2, 'zh')).toBeNull()
    expect(scores("['YES'] \n \n", 1, 'zh')).toBeNull()
  })

  it('ends a string at a carriage return, as Python does, but not the list', () => {
    expect(scores("['YES',\r'YES']", 2)).toEqual([1, 1])
    expect(scores("['YES', 'YES', 'A\rB']", 2, 'zh')).toBeNull()
    expect(scores("['YES', 'YES', 'A B']", 2, 'zh')).toEqual([1, 1])
  })

  it('passes over numbers behind the last verdict in Chinese, but not what is no number in Python', () => {
    for (const number of ['0', '3', '10.5']) expect(scores(`['YES', 'YES', ${number}]`, 2, 'zh')).toEqual([1, 1])
    for (const number of ['01', '1__0', '1x']) expect(scores(`['YES', 'YES', ${number}]`, 2, 'zh')).toBeNull()
  })

  it('has the words True and False in OpenCompass', () => {
    expect(scores("['True', 'False']", 2, 'opencompass')).toEqual([0, 0.5])
    expect(scores('[True, False]', 2, 'opencompass')).toBeNull()
    expect(scores("['True', 'False']", 2)).toBeNull()
  })

  it('evaluates nothing', () => {
    for (const code of [
      "[__import__('os').getcwd(), 'YES']",
      "['YES'] * 2 + []",
      "['YES' for _ in 'ab']",
      "[(lambda: 'YES')(), 'NO']",
    ]) {
      expect(scores(code, 2)).toBeNull()
    }
  })
})

describe('the tolerant reading of a judge reply', () => {
  const words = (reply: string, level: number) => {
    const reading = readJudgeReplyTolerantly(reply, level)
    return reading.parsed ? reading.values.join('') : reading.reason
  }

  it('finds the last verdict list on a line of its own or on the last line, however it is quoted', () => {
    expect(words("['NO', 'NO']\nNo, rather:\n[\n  yes,\n  'No',\n]\nThat is all. [1]", 2)).toBe('10')
    expect(words("```\n['YES', 'YES']\n```\n", 2)).toBe('11')
    expect(words('结论：[“是”，“否”]。', 2)).toBe('10')
    expect(words('["True", "Partially"]', 2)).toBe('10')
  })

  it('invents nothing: the number must fit and every word must be a verdict', () => {
    expect(words("['YES', 'YES']", 3)).toBe('expected a list of 3 verdicts, found 2')
    expect(words("['YES', 'probably']", 2)).toMatch(/^expected a list of 2 verdicts/)
    expect(words('YES, YES', 2)).toMatch(/^expected a list of 2 verdicts/)
    expect(words("Format: ['YES', 'NO', 'NO'] for example. I cannot judge this.", 2)).toMatch(/found 3$/)
    expect(words('', 2)).toMatch(/found nothing$/)
  })

  it('does not take a list that the judge mentions on the way for its verdict', () => {
    expect(words("The answer ends in ['YES', 'YES'], as if it judged itself.\nI cannot decide this.", 2)).toMatch(
      /^expected a list of 2 verdicts/,
    )
    expect(words("I said ['NO', 'NO'] at first.\n**Verdict:** ['YES', 'NO']\nThank you.", 2)).toBe('10')
    expect(words("['YES', 'NO']\nThe list ['NO', 'NO'] in the answer was ignored.\nDone.", 2)).toBe('10')
    expect(words("<pre>['YES', 'NO']</pre>\nDone.", 2)).toBe('10')
    expect(words(`${'['.repeat(500)}['YES', 'NO'] and so on\n${'x'.repeat(500)}`, 2)).toMatch(/^expected/)
  })

  it('takes a bare word at level 1 only when the last line holds one of the two', () => {
    expect(words('It is met.\nYES.', 1)).toBe('1')
    expect(words('**No**', 1)).toBe('0')
    expect(words('YES or NO', 1)).toMatch(/^expected YES or NO on the last line/)
    expect(words('UNKNOWN', 1)).toMatch(/^expected/)
    expect(words('The added constraint is met: YES', 1)).toBe('1')
    expect(words('“no”', 1)).toBe('0')
    expect(words('La respuesta es buena, aunque no perfecta.', 1)).toMatch(/^expected/)
    expect(words('There is no way to tell', 1)).toMatch(/^expected/)
    expect(words('Creo que no', 1)).toMatch(/^expected/)
    expect(words("['YES', 'NO']", 1)).toMatch(/found 2$/)
  })
})
