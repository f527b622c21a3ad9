import { hasAnswer } from '../../core/status.ts'
import type { Protocol, Verdict } from '../../core/verdict.ts'
import type { Resources, Scorer } from '../benchmark.ts'
import { type Subject, unmeasured } from './_verdicts.ts'
import { loadJudgePrompts } from './judge-prompt.ts'
import { defectOf } from './known-defects.ts'
import { languageOf } from './load.ts'
import type { FollowBenchData } from './schema.ts'
import { scoreJudged } from './score-judge.ts'
import { RuleScorer } from './score-rule.ts'

/** Loads the judge prompts of the edition's language and returns the scorer. */
export async function prepareScorer(resources: Resources): Promise<Scorer<FollowBenchData>> {
  const prompts = await loadJudgePrompts(languageOf(resources.edition), resources)
  const rules = new RuleScorer()
  return {
    labels: prompts.isOfficial ? [] : ['house-prompt'],
    async score(item, response, context, protocols) {
      const subject: Subject = { item, response }
      const { rule } = item.data
      const verdicts: Verdict[] = []
      const scored: Protocol[] = []
      for (const protocol of protocols) {
        const reason = protocol === 'fixed' ? defectOf(item.data, resources.isSample) : null
        if (reason === null) scored.push(protocol)
        else verdicts.push(...leftOut(subject, protocol, reason))
      }
      const { status, text } = response
      const scorer = rule === null ? 'judge' : 'rule'
      if (!hasAnswer(status) || text === null) {
        const reason = 'the model gave no answer'
        verdicts.push(...scored.flatMap((protocol) => unmeasured(subject, protocol, { scorer, status, reason })))
      } else if (rule !== null) {
        verdicts.push(...scored.flatMap((protocol) => rules.score(subject, text, protocol)))
      } else {
        verdicts.push(...(await scoreJudged(subject, text, context, prompts, scored)))
      }
      return verdicts
    },
  }
}

/** Marks an item that the protocol `fixed` does not count at all. */
function leftOut(subject: Subject, protocol: Protocol, reason: string): Verdict[] {
  return unmeasured(subject, protocol, { scorer: 'rule', status: 'excluded', reason }).map((verdict) => ({
    ...verdict,
    detail: { leftOut: true },
  }))
}
