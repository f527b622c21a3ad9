import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { positionalScores, strictScores } from '../../../src/benchmarks/cfbench/judge-reply.ts'
import { scriptedContext } from '../../checkers/judge/scripted-judge.ts'
import { answer, goodReply, item, scoreAll } from './_support.ts'

const two = item(1, 'PS')
const good = goodReply(two, '10')

describe('a judge that misbehaves', () => {
  it.each([
    ['prose', '我认为这个回答很好，满足了所有要求。'],
    ['another language', 'Both criteria are satisfied: 1, 1'],
    ['JSON', '{"条件0": 1, "条件1": 0}'],
    ['a reply cut off in the middle', good.slice(0, -1)],
    ['one verdict too few', '条件0\t1'],
    ['one verdict too many', `${good}\n\n条件2\t1`],
    ['prose around the verdicts', `结论如下：\n\n${good}\n\n以上。`],
    ['another number', '条件0\t2\n\n条件1\t0'],
    ['a code fence', `\`\`\`\n${good}\n\`\`\``],
  ])('gives no verdict under fixed for %s, and one status for every criterion', async (_name, reply) => {
    const { verdicts, metric } = await scoreAll(
      [[two, answer('好')]],
      scriptedContext(() => reply),
    )
    const fixed = verdicts.filter(({ protocol }) => protocol === 'fixed')
    expect(fixed.map(({ value, status }) => [value, status])).toEqual([
      [null, 'judge-unparsed'],
      [null, 'judge-unparsed'],
    ])
    expect(metric('fixed', 'isr')).toMatchObject({ value: 0, n: 1, missing: 1, bounds: { low: 0, high: 1 } })
    expect(metric('fixed', 'judge-parsing', '-1').value).toBe(1)
    expect(verdicts.filter(({ protocol }) => protocol === 'official').every(({ value }) => value === null)).toBe(true)
  })

  it.each([
    ['tidied quotation marks', ['“甲”', '乙'], '"甲"\t1\n\n乙\t0'],
    ['a trailing blank line', ['甲', '乙'], '甲\t1\n\n乙\t0\n\n'],
    ['single line feeds', ['甲', '乙'], '甲\t1\n乙\t0'],
    ['CRLF', ['甲', '乙'], '甲\t1\r\n\r\n乙\t0\r\n'],
    ['a criterion of two lines, copied as it is', ['甲\n乙', '丙 '], '甲\n乙\t1\n\n丙\t0'],
    ['a criterion of two lines, joined', ['甲\n乙', '丙 '], '甲 乙\t1\n\n丙\t0'],
  ])('is read by position under fixed: %s', async (_name, texts, reply) => {
    const of = item(2, 'PS', {}, texts)
    const { verdicts, metric } = await scoreAll(
      [[of, answer('好')]],
      scriptedContext(() => reply),
    )
    expect(verdicts.filter(({ protocol }) => protocol === 'fixed').map(({ value }) => value)).toEqual([1, 0])
    // The first verdict is 1, so that upstream's fallback counts the whole response as satisfied.
    expect(metric('official', 'isr')).toMatchObject({ value: 1, missing: 1, bounds: { low: 0, high: 1 } })
    expect(metric('official', 'judge-parsing', '0').value).toBe(1)
    expect(metric('fixed', 'isr')).toMatchObject({ value: 0, missing: 0, bounds: null })
  })

  it('is asked again under official until the copy is exact, and fixed keeps the first readable reply', async () => {
    const tidied = '条件0。\t0\n\n条件1\t1'
    const context = scriptedContext((_request, count) => (count < 2 ? tidied : good))
    const { verdicts } = await scoreAll([[two, answer('好')]], context)
    expect(context.requests.map(({ attempt }) => attempt)).toEqual([0, 1, 2])
    const values = (protocol: string) =>
      verdicts.filter((verdict) => verdict.protocol === protocol).map(({ value }) => value)
    expect(values('official')).toEqual([1, 0])
    expect(values('fixed')).toEqual([0, 1])
    expect(verdicts.find(({ protocol }) => protocol === 'official')!.calls).toHaveLength(3)
    expect(verdicts.find(({ protocol }) => protocol === 'fixed')!.calls).toHaveLength(1)
  })

  it('is not asked again when only fixed is wanted and the first reply can be read by position', async () => {
    const context = scriptedContext(() => '条件0。\t0\n\n条件1\t1')
    await scoreAll([[two, answer('好')]], context, ['fixed'])
    expect(context.requests).toHaveLength(1)
  })

  it('that fails or says nothing ends as an error, not as an unreadable reply', async () => {
    const failing = scriptedContext(() => ({ fails: 'HTTP 500' }))
    const { verdicts, metric } = await scoreAll([[two, answer('好')]], failing)
    expect(new Set(verdicts.map(({ status }) => status))).toEqual(new Set(['judge-error']))
    expect(failing.requests).toHaveLength(10)
    expect(metric('official', 'csr')).toMatchObject({ value: 0, missing: 1, bounds: { low: 0, high: 1 } })
    const silent = await scoreAll(
      [[two, answer('好')]],
      scriptedContext(() => ''),
    )
    expect(new Set(silent.verdicts.map(({ status }) => status))).toEqual(new Set(['judge-error']))
  })

  it('does not end the run where upstream would: it warns and counts the response as unparsed', async () => {
    const context = scriptedContext((request) => (request.item === '1' ? '备注\t无' : goodReply(item(3, 'PS'), '11')))
    const { metric, metrics } = await scoreAll(
      [
        [two, answer('好')],
        [item(3, 'PS'), answer('好')],
      ],
      context,
    )
    expect(context.warnings).toEqual([expect.stringContaining('ValueError')])
    expect(metric('official', 'isr')).toMatchObject({ value: 0.5, n: 2, missing: 1 })
    expect(metric('official', 'upstream-aborts')).toMatchObject({ value: 0.5, n: 2 })
    expect(metrics.get('fixed')!.some(({ id }) => id === 'upstream-aborts')).toBe(false)
    const calm = await scoreAll(
      [[item(3, 'PS'), answer('好')]],
      scriptedContext(() => goodReply(item(3, 'PS'), '11')),
    )
    expect(calm.metrics.get('official')!.some(({ id }) => id === 'upstream-aborts')).toBe(false)
  })

  it('never makes a verdict out of noise, whatever it says', async () => {
    const piece = fc.constantFrom('条件0', '条件1', '\t', '\n', '\n\n', '1', '0', '1.0', '１', ' ', '\r', 'nan', '甲')
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 14 }), async (pieces) => {
        const reply = pieces.join('')
        const texts = two.data.criteria.map(({ text }) => text)
        const { verdicts } = await scoreAll(
          [[two, answer('好')]],
          scriptedContext(() => reply),
        )
        expect(verdicts).toHaveLength(4)
        const values = (protocol: string) =>
          verdicts.filter((verdict) => verdict.protocol === protocol).map(({ value }) => value)
        expect(values('official').includes(null)).toBe(strictScores(reply, texts) === null)
        expect(values('fixed')).toEqual(positionalScores(reply, texts) ?? [null, null])
      }),
    )
  })

  it('reads a reply of a megabyte in no time', () => {
    for (const unit of ['\t', '\n', '条件0\t1\n', ' ', '\t1 ']) {
      const reply = unit.repeat(1_000_000 / unit.length)
      const before = process.cpuUsage()
      strictScores(reply, ['条件0'])
      positionalScores(reply, ['条件0'])
      expect(process.cpuUsage(before).user / 1e6).toBeLessThan(2)
    }
  })
})
