import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { axes } from '../../../src/benchmarks/multichallenge/axes.ts'
import { officialRows } from '../../../src/benchmarks/multichallenge/official-run.ts'
import { officialScores } from '../../../src/benchmarks/multichallenge/official-scores.ts'
import { scriptedContext } from '../../checkers/judge/scripted-judge.ts'
import { goldenRows } from '../../conformance/_golden-rows.ts'
import { answer, conversation, says, scoreAll } from './_support.ts'

const shared = join(import.meta.dirname, '../../../../shared')
const realRuns = join(shared, 'golden/multichallenge/real_runs.jsonl')
const questions = join(shared, 'data/multichallenge/benchmark_questions.jsonl')

/** One conversation per entry: axis index and one letter per attempt (Y passes, N fails, E the judge call fails). */
const run = fc.array(
  fc.tuple(
    fc.integer({ min: 0, max: 3 }),
    fc.array(fc.constantFrom('Y', 'N', 'N', 'E'), { minLength: 1, maxLength: 3 }),
  ),
  { minLength: 1, maxLength: 12 },
)

async function score(conversations: readonly (readonly [axis: number, letters: readonly string[]])[]) {
  const items = conversations.map(([axis], index) => conversation(`q${index}`, axes[axis]!.id))
  const tasks = conversations.flatMap(([, letters], index) =>
    letters.map((letter, sample) => [items[index]!, answer(`${letter} ${index} ${sample}`, sample)] as const),
  )
  const context = scriptedContext((request) => {
    const letter = /\n([YNE]) \d+ \d+\n/.exec(request.messages[0]!.content)![1]
    return letter === 'E' ? { fails: 'raised' } : says(letter === 'Y' ? 'YES' : 'NO')
  })
  return scoreAll(tasks, context)
}

describe('aggregating MultiChallenge', () => {
  it('gives under official what upstream makes of its result rows', async () => {
    await fc.assert(
      fc.asyncProperty(run, async (conversations) => {
        const { metric } = await score(conversations)
        const rows = officialRows(
          conversations.map(([axis, letters], index) => ({
            id: `q${index}`,
            axis: axes[axis]!.id,
            passCriteria: 'YES',
            attempts: letters.map((letter) =>
              letter === 'E' ? { error: 'raised' } : { verdict: letter === 'Y' ? 'YES' : 'NO', reasoning: '' },
            ),
          })),
        )
        const expected = officialScores(rows)
        expect(metric('official', 'overall').value! * 100).toBeCloseTo(expected.overall, 9)
        for (const { id, metric: name } of axes) {
          const value = expected.axes.get(id)
          if (value !== undefined) expect(metric('official', name).value! * 100).toBeCloseTo(value, 9)
        }
        const { bounds, value } = metric('official', 'overall')
        if (bounds) expect(bounds.low <= value! && value! <= bounds.high).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('takes the mean over axes as headline and the pooled share beside it', async () => {
    const { metric, metrics } = await score([
      [0, ['Y']],
      [1, ['N']],
      [1, ['N']],
      [1, ['Y']],
    ])
    for (const protocol of ['official', 'fixed'] as const) {
      expect(metrics.get(protocol)![0]!.id).toBe('overall')
      expect(metric(protocol, 'overall').value).toBeCloseTo((1 + 1 / 3) / 2, 12)
      expect(metric(protocol, 'micro').value).toBe(0.5)
      expect(metric(protocol, 'passed', axes[1]!.id)).toMatchObject({ n: 3, value: expect.closeTo(1 / 3, 12) })
    }
    expect(metrics.get('fixed')!.some(({ id }) => id.includes('@'))).toBe(false)
  })

  it('keeps pass@k and the mean over attempts apart', async () => {
    const { metric } = await score([
      [0, ['N', 'Y', 'N']],
      [1, ['N', 'N', 'N']],
    ])
    expect(metric('official', 'overall').value).toBe(0.5)
    expect(metric('fixed', 'overall').value).toBeCloseTo(1 / 6, 12)
    for (const protocol of ['official', 'fixed'] as const) {
      expect(metric(protocol, 'pass@3').value).toBe(0.5)
      expect(metric(protocol, 'mean@3').value).toBeCloseTo(1 / 6, 12)
    }
  })

  it('resamples conversations with all their attempts', async () => {
    const { metric } = await score(
      Array.from({ length: 40 }, (_unused, index) => [0, [index % 2 ? 'Y' : 'N', 'N']] as const),
    )
    expect(metric('official', 'overall')).toMatchObject({ n: 40, interval: { method: 'cluster-bootstrap' } })
    expect(metric('official', 'micro').n).toBe(40)
  })

  it.skipIf(!existsSync(realRuns) || !existsSync(questions))(
    'gives the official overall of real-size runs with faults, and never less under fixed for one attempt (needs ../shared)',
    async () => {
      const axisOfLine = goldenRows<{ AXIS: string }>(questions).map(({ AXIS }) =>
        axes.findIndex(({ id }) => id === AXIS),
      )
      for (const { verdicts, expected, id } of goldenRows<RealRun>(realRuns)) {
        // A question without a response line is upstream's row without a judge call, which fails like a judged no.
        const conversations = verdicts.map(
          (letters, line) => [axisOfLine[line]!, letters === 'M' ? ['N'] : [...letters]] as const,
        )
        const { metric } = await score(conversations)
        expect(metric('official', 'overall').value! * 100, id).toBeCloseTo(expected.scores.overall_score, 9)
        if (verdicts.some((letters) => letters.length > 1)) continue
        expect(metric('fixed', 'overall').value!).toBeGreaterThanOrEqual(metric('official', 'overall').value! - 1e-12)
      }
    },
  )
})

interface RealRun {
  readonly id: string
  readonly verdicts: readonly string[]
  readonly expected: { readonly scores: { readonly overall_score: number } }
}
