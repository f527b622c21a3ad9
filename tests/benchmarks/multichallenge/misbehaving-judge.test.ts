import { describe, expect, it } from 'vitest'
import { readLeniently, readStructured } from '../../../src/benchmarks/multichallenge/judge-reply.ts'
import { scriptedContext } from '../../checkers/judge/scripted-judge.ts'
import { answer, conversation, says, scoreAll } from './_support.ts'

const one = conversation('a')

describe('a judge that misbehaves', () => {
  it.each([
    ['prose', 'The response does keep to it, so YES.'],
    ['prose around the JSON', `Here you go: ${says('YES')} Bye.`],
    ['lower case', says('yes')],
    ['white space in the verdict', says('YES ')],
    ['another language', says('OUI')],
    ['a missing key', '{"verdict": "YES"}'],
    ['a reply cut off in the middle', says('YES').slice(0, -4)],
    ['two objects', `${says('NO')}\n${says('YES')}`],
    ['an array', `[${says('YES')}]`],
    ['null', 'null'],
  ])('gives no verdict for %s, in one round under official and three under fixed', async (_name, reply) => {
    const context = scriptedContext(() => reply)
    const { verdicts, metric } = await scoreAll([[one, answer('text')]], context)
    expect(verdicts.map(({ value, status, calls }) => [value, status, calls!.length])).toEqual([
      [null, 'judge-unparsed', 1],
      [null, 'judge-unparsed', 3],
    ])
    expect(context.requests.map(({ attempt }) => attempt)).toEqual([0, 1, 2])
    expect(metric('fixed', 'overall')).toMatchObject({ value: 0, n: 1, missing: 1, bounds: { low: 0, high: 1 } })
  })

  it('is read in a code fence under fixed only', async () => {
    const { verdicts } = await scoreAll(
      [[one, answer('text')]],
      scriptedContext(() => `\`\`\`json\n${says('YES')}\n\`\`\`\n`),
    )
    expect(verdicts.map(({ value, status }) => [value, status])).toEqual([
      [null, 'judge-unparsed'],
      [1, 'ok'],
    ])
    expect(readLeniently(`\`\`\`\n${says('NO')}\n\`\`\` and more`)).toBeNull()
    expect(readStructured(` ${says('YES')}\n`)?.verdict).toBe('YES')
  })

  it('keeps its first readable reply, whatever it would say later', async () => {
    const context = scriptedContext((_request, count) => ['hm', says('YES'), says('NO')][count]!)
    const { verdicts } = await scoreAll([[one, answer('text')]], context)
    expect(verdicts.map(({ value }) => value)).toEqual([null, 1])
    expect(context.requests).toHaveLength(2)
  })

  it('is asked once only when official alone is wanted', async () => {
    const context = scriptedContext(() => 'hm')
    await scoreAll([[one, answer('text')]], context, ['official'])
    expect(context.requests).toHaveLength(1)
  })

  it('that fails ends as an error, and adds upstream an axis that nothing passes', async () => {
    const tasks = ['INFERENCE_MEMORY', 'SELF_COHERENCE', 'SELF_COHERENCE'].map(
      (axis, index) => [conversation(String(index), axis), answer('text')] as const,
    )
    const context = scriptedContext((request) => (request.item === '2' ? { fails: 'HTTP 500' } : says('YES')))
    const { verdicts, metric } = await scoreAll(tasks, context)
    expect(verdicts.filter(({ item }) => item === '2').map(({ status }) => status)).toEqual([
      'judge-error',
      'judge-error',
    ])
    // Two axes at 100 % and one more at 0.
    expect(metric('official', 'overall').value).toBeCloseTo(2 / 3, 12)
    expect(metric('official', 'self-coherence')).toMatchObject({ value: 1, n: 1, missing: 1 })
    expect(metric('fixed', 'overall')).toMatchObject({ value: 0.75, missing: 1, bounds: { low: 0.75, high: 1 } })
    expect(metric('fixed', 'self-coherence')).toMatchObject({ value: 0.5, n: 2 })
    expect(metric('fixed', 'judge-failures').value).toBeCloseTo(1 / 3, 12)
  })

  it('reads a reply of a megabyte in no time', () => {
    for (const unit of ['`', '```\n', '\n', '\n ', '{', '[', '"']) {
      const before = process.cpuUsage()
      readLeniently(`\`\`\`json\n${unit.repeat(1_000_000 / unit.length)}`)
      expect(process.cpuUsage(before).user / 1e6).toBeLessThan(2)
    }
  })
})
