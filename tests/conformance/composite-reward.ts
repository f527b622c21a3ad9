import type { LanguageTools } from '../../src/checkers/instructions/text-view.ts'
import { compositeReward, type RewardInput, validationScore } from '../../src/checkers/reward-model/composite-reward.ts'
import { ruleChecks } from '../../src/checkers/reward-model/rule-checks.ts'
import { DataError } from '../../src/core/errors.ts'
import { readJsonl } from '../../src/core/jsonl.ts'
import type { ConformanceSuite } from './suite.ts'
import { firstDifference } from './vector.ts'

interface RewardCase {
  readonly id: string
  readonly kind: string
  readonly input: {
    readonly response: string
    readonly instruction_id_list: readonly string[]
    readonly kwargs: RewardInput['kwargs']
    readonly constraints: RewardInput['constraints']
    readonly rm_values: readonly number[]
  }
  readonly expected: {
    readonly train_reward?: number
    readonly train_error?: string
    readonly rm_calls: readonly { readonly answer: string; readonly question: string }[]
    readonly val?: {
      readonly all_followed: number
      readonly followed: number
      readonly total: number
      readonly score: number
    }
  }
  readonly tol: number
}

/** The golden cases ask for no sentence, word or language; a rule that does must not be answered by chance. */
const noTools: LanguageTools = {
  countSentences: () => fail('sentences'),
  words: () => fail('words'),
  detectLanguage: () => fail('languages'),
}

function fail(what: string): never {
  throw new Error(`this suite has no ${what}`)
}

/** Python's exceptions by the codes of the errors that stand for them. */
const pythonErrors: Readonly<Record<string, string>> = {
  'unknown-instruction': 'KeyError',
  'no-constraints': 'ZeroDivisionError',
}

async function replay({ input, expected }: RewardCase): Promise<Record<string, unknown>> {
  const calls: { answer: string; question: string }[] = []
  const rewardInput: RewardInput = {
    response: input.response,
    instructionIds: input.instruction_id_list,
    kwargs: input.kwargs,
    constraints: input.constraints,
  }
  const hard = ruleChecks(noTools)
  const found: Record<string, unknown> = { rm_calls: calls }
  try {
    const soft = async (answer: string, question: string) => input.rm_values[calls.push({ answer, question }) - 1]!
    found.train_reward = (await compositeReward(rewardInput, { hard, soft })).reward
  } catch (error) {
    if (!(error instanceof DataError)) throw error
    found.train_error = pythonErrors[error.code] ?? error.code
  }
  if (expected.val) {
    const { allFollowed, followed, total, fraction } = validationScore(rewardInput, { hard })
    found.val = { all_followed: Number(allFollowed), followed, total, score: fraction }
  }
  return found
}

export const suite: ConformanceSuite = {
  name: 'composite-reward',
  async run(folders, report) {
    const file = 'vectors.jsonl'
    const path = report.file(folders, file)
    if (!path) return
    for await (const { value } of readJsonl<RewardCase>(path)) {
      const miss = firstDifference({ ...value, fn: value.kind }, await replay(value))
      report.check(file, value.kind, value.id, miss === null, () => miss!)
    }
  },
}

export default suite
