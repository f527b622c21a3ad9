import { createJudge } from '../../checkers/instructions/judge-response.ts'
import { compileInstruction } from '../../checkers/instructions/registry.ts'
import type { LanguageTools } from '../../checkers/instructions/text-view.ts'
import { sha256 } from '../../core/hash.ts'
import type { LevelRecord, PseudoPair } from './pseudo-label.types.ts'
import type { SeedConstraint } from './seed.ts'

/** Why a step between two levels gave no pairs. */
export type DroppedStep = 'no-response' | 'truncated' | 'empty' | 'identical'

/** Pairs of one seed, and the steps that gave none. */
export interface SeedPairs {
  readonly pairs: readonly PseudoPair[]
  readonly dropped: readonly { readonly level: number; readonly reason: DroppedStep }[]
}

/**
 * The pairs of neighbouring levels: (o_k, c_k, 1) and (o_{k-1}, c_k, 0), arXiv 2508.02150, section on the reward model. A
 * step is left out where a response is missing or cut off, and where both responses are the same: the same text cannot
 * both meet and miss a constraint.
 * @param levels of one seed, ascending without gaps
 */
export function pairsOf(levels: readonly LevelRecord[], tools: LanguageTools): SeedPairs {
  const pairs: PseudoPair[] = []
  const dropped: { level: number; reason: DroppedStep }[] = []
  for (const [index, after] of levels.entries()) {
    const before = levels[index - 1]
    if (!before) continue
    const reason = unusable(before) ?? unusable(after) ?? (before.response === after.response ? 'identical' : null)
    if (reason !== null) {
      dropped.push({ level: after.level, reason })
      continue
    }
    const constraint = after.constraints[after.level - 1]!
    pairs.push(toPair(after, after.level, constraint, 1, tools), toPair(before, after.level, constraint, 0, tools))
  }
  return { pairs, dropped }
}

function unusable({ response, status }: LevelRecord): DroppedStep | null {
  if (response === null) return 'no-response'
  // A response that was cut off may miss a constraint for that reason alone.
  if (status === 'truncated') return 'truncated'
  return response.trim() === '' ? 'empty' : null
}

function toPair(
  record: LevelRecord,
  level: number,
  { text, type, rule }: SeedConstraint,
  label: 0 | 1,
  tools: LanguageTools,
): PseudoPair {
  const response = record.response!
  return {
    id: `${record.seed}#L${level}${label === 1 ? '+' : '-'}`,
    seed: record.seed,
    task: sha256(record.task).slice(0, 12),
    level,
    label,
    response,
    constraint: text,
    type: type ?? rule?.id ?? null,
    kind: rule ? 'hard' : 'soft',
    rule: rule ?? null,
    satisfied: rule
      ? createJudge(response, tools)(compileInstruction(rule.id, rule.kwargs), 'official').strict.pass
      : null,
    source: { level: record.level, call: record.call, model: record.model },
    origin: record.origin,
  }
}
