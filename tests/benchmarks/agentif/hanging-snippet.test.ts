import { describe, expect, it } from 'vitest'
import { createScorer } from '../../../src/benchmarks/agentif/score.ts'
import { createPythonRunner } from '../../../src/checkers/python/index.ts'
import { scriptedContext } from '../../checkers/judge/scripted-judge.ts'
import { answer, code, item, llm } from './_support.ts'

describe('a snippet that hangs', () => {
  it('costs its time limit and delays no judge call of another item', async () => {
    const python = createPythonRunner({ workers: 1, timeLimit: 1500 })
    try {
      await python.check({ source: 'def check_following(r): return 1', response: 'x', mode: 'strict' })
      const context = scriptedContext(() => 'YES', { python })
      const scorer = createScorer()
      const hanging = item('a', { steps: [code('def check_following(r):\n    while True: pass')] })
      const started = performance.now()
      let hungFor = 0
      const first = scorer.score(hanging, answer('x'), context, ['official']).then((verdicts) => {
        hungFor = performance.now() - started
        return verdicts
      })
      const judged = await scorer.score(item('b', { steps: [llm()] }), answer('x'), context, ['official'])
      expect(judged[0]!.value).toBe(1)
      expect(hungFor).toBe(0)
      expect((await first)[0]).toMatchObject({
        value: null,
        status: 'check-error',
        reason: expect.stringContaining('timeout'),
      })
      expect(hungFor).toBeLessThan(1500 + 2000)
    } finally {
      await python.close()
    }
  })
})
