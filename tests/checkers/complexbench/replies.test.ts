import { describe, expect, it } from 'vitest'
import { readExtraction, readExtractionStrictly } from '../../../src/checkers/complexbench/extraction-reply.ts'
import { readJudgeReply, readJudgeReplyStrictly } from '../../../src/checkers/complexbench/judge-reply.ts'

const headed = (target: string) => `【解释】\n略。\n\n【模型回复中评分问题的评测对象】\n评分对象：${target}`

describe('the extractor’s reply as upstream reads it', () => {
  it('parts passages and trims them as Python does', () => {
    expect(readExtraction('全文', headed('甲 ||\u3000乙\u0085|| '))).toMatchObject({ segments: ['甲', '乙', ''] })
    expect(readExtraction('全文', headed('\ufeff甲')).segments).toEqual(['\ufeff甲'])
  })

  it('takes everything that begins with all for the whole response, untrimmed', () => {
    expect(readExtraction(' 全文\n', headed('allow it')).segments).toEqual([' 全文\n'])
    expect(readExtraction(' 全文\n', headed(' all')).segments).toEqual(['all'])
  })

  it('finds no passage where the word None occurs, or where reply or response is missing', () => {
    expect(readExtraction('全文', headed('Nonetheless')).segments).toEqual([])
    expect(readExtraction(null, headed('甲'))).toEqual({ target: null, segments: [] })
    expect(readExtraction('全文', null)).toEqual({ target: null, segments: [] })
  })

  it('loses what precedes the last colon of a passage without label', () => {
    expect(readExtraction('全文', '时间：三点').segments).toEqual(['三点'])
  })

  it('cuts afterthoughts off', () => {
    expect(readExtraction('全文', `${headed('甲')}\n\n请注意，这里摘录了开头。`).segments).toEqual(['甲'])
  })
})

describe('the extractor’s reply without the traps', () => {
  it('wants the whole target to be all or None', () => {
    expect(readExtractionStrictly('全文', headed('allow it'))?.segments).toEqual(['allow it'])
    expect(readExtractionStrictly('全文', headed(' “all”。'))?.segments).toEqual(['全文'])
    expect(readExtractionStrictly('全文', headed('Nonetheless'))?.segments).toEqual(['Nonetheless'])
    expect(readExtractionStrictly('全文', headed('None'))?.segments).toEqual([])
  })

  it('reads labels with half-width colons and bold marks, and keeps colons in passages', () => {
    expect(readExtractionStrictly('全文', '**评分对象**：时间：三点')?.segments).toEqual(['时间：三点'])
    expect(readExtractionStrictly('全文', '评分对象: 甲')?.segments).toEqual(['甲'])
    expect(readExtractionStrictly('全文', '【模型回复中评分问题的评测对象】\n时间：三点')?.segments).toEqual([
      '时间：三点',
    ])
  })

  it('reads nothing out of a reply without heading and label', () => {
    expect(readExtractionStrictly('全文', 'The passage is 甲')).toBeNull()
  })
})

describe('the judge’s reply', () => {
  it.each([
    ['答案：是', true, true],
    ['分析：不是否定。\n答案：是', true, true],
    ['答案：否', false, false],
    ['分析：是否满足？\n**答案**：是', false, true],
    ['答案:是', true, true],
    ['分析：是否满足？\n答案: 是', false, true],
    ['答案：是\n答案：是', true, true],
    ['答案：是\n答案：否', false, null],
    ['Answer: Yes', false, null],
    ['结论为是', true, null],
    ['答案：是否满足要求？', true, null],
  ])('%j is read as %s by upstream and as %s without guessing', (reply, official, strict) => {
    expect(readJudgeReply(reply)).toBe(official)
    expect(readJudgeReplyStrictly(reply)).toBe(strict)
  })
})
