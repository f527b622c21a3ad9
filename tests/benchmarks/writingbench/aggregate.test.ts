import { describe, expect, it } from 'vitest'
import { scriptedContext } from '../../checkers/judge/scripted-judge.ts'
import { answer, criterion, query, says, scoreAll } from './_support.ts'

const style = new Map([['style' as const, { listed: new Map([[2, 1]]), criteria: new Map([[2, ['c']]]) }]])

/** Two items: scores 2 and 4 in Education, 6, 8 and 10 in Politics & Law; the 10 tests a style requirement. */
const tasks = [
  [query(1), answer('x')],
  [
    query(
      2,
      {
        domain1: 'Politics & Law',
        domain2: 'Speech',
        checklist: ['a', 'b', 'c'].map(criterion),
        query: '请写一篇讲话稿。',
      },
      style,
    ),
    answer('y'),
  ],
] as const
const scores: Record<string, number> = { '1/0': 2, '1/1': 4, '2/0': 6, '2/1': 8, '2/2': 10 }
const byPlace = () => scriptedContext(({ item, constraint }) => says(scores[`${item}/${constraint}`]))

describe('the figures of WritingBench', () => {
  it('are three different means: over scores, over items, over the criteria of a requirement', async () => {
    const { metric } = await scoreAll(tasks, byPlace())
    expect(metric('official', 'overall')).toMatchObject({
      value: 6,
      n: 5,
      scale: 'score-10',
      unit: 'constraint',
      missing: 0,
    })
    expect(metric('official', 'count')).toMatchObject({ value: 2, n: 2 })
    expect(metric('official', 'education').value).toBe(3)
    expect(metric('official', 'politics').value).toBe(8)
    expect(metric('official', 'score', 'Speech').value).toBe(8)
    expect(metric('official', 'zh').value).toBe(8)
    expect(metric('official', 'score', 'zh').value).toBe(8)
    expect(metric('official', 'score', 'style').value).toBe(8)
    expect(metric('official', 'style-r').value).toBe(8)
    expect(metric('official', 'style-c').value).toBe(10)
    expect(() => metric('official', 'format-r')).toThrow()
  })

  it('leave out what was not judged, count it and bound it by 1 and 10', async () => {
    const context = scriptedContext(({ item, constraint }) =>
      item === '2' && constraint === '1' ? 'hm' : says(scores[`${item}/${constraint}`]),
    )
    const { metric } = await scoreAll([...tasks, [query(3), answer(null)]], context)
    expect(metric('official', 'overall')).toMatchObject({ value: 5.5, n: 4, missing: 3 })
    const { low, high } = metric('official', 'overall').bounds!
    expect([low, high]).toEqual([(22 + 3) / 7, (22 + 30) / 7])
    expect(metric('official', 'education')).toMatchObject({ value: 3, n: 1, missing: 1 })
    expect(metric('official', 'education').bounds).toEqual({ low: 2, high: 6.5 })
    expect(metric('official', 'politics')).toMatchObject({ value: 8, n: 1, missing: 1 })
    expect(metric('official', 'count')).toMatchObject({ value: 2, n: 3, missing: 1 })
  })

  it('have intervals that end where the scale ends', async () => {
    const low = scriptedContext(({ item }) => says(item === '1' ? 1 : 4))
    const { metric } = await scoreAll(tasks, low)
    expect(metric('official', 'overall').interval!.low).toBe(1)
  })

  it('resample queries with all their scores and samples', async () => {
    const { metric } = await scoreAll([...tasks, [query(1), answer('x', 1)]], byPlace())
    expect(metric('fixed', 'overall')).toMatchObject({ n: 7, interval: { method: 'cluster-robust' } })
    expect(metric('fixed', 'overall').value).toBeCloseTo(36 / 7, 12)
  })
})
