import { ruleDefinition } from '../../checkers/followbench/rules.ts'
import { groupId } from './load.ts'
import type { FollowBenchData } from './schema.ts'

/**
 * Items whose rule fails every answer that follows the instruction, in the data of YJiangcm/FollowBench at 6278f4c1:
 * item id (without level) to the first and last level concerned and the reason.
 */
const contradictions: ReadonlyMap<string, { readonly from: number; readonly to: number; readonly reason: string }> =
  new Map([
    [
      'content/20',
      { from: 1, to: 5, reason: 'the instruction asks for events of another template than the target holds' },
    ],
    [
      'format/30',
      { from: 2, to: 4, reason: 'the rule wants numbered keywords that the instruction first asks for at level 5' },
    ],
    [
      'mixed/4',
      { from: 4, to: 5, reason: 'the target holds a word that the instruction forbids, and lacks the joke of level 5' },
    ],
    ['zh:content/15', { from: 5, to: 5, reason: 'the target lists four areas for three restaurants' }],
    ['zh:mixed/10', { from: 5, to: 5, reason: 'the instruction forbids a word that the rule demands' }],
  ])

/**
 * Why the protocol `fixed` leaves an item out, or null: no answer can pass its rule, or only answers that disobey the
 * instruction can. The embedded sample has no contradictions of its own.
 */
export function defectOf(
  { language, type, exampleId, level, rule }: FollowBenchData,
  isSample: boolean,
): string | null {
  const bar = rule === null ? undefined : ruleDefinition(rule).unsatisfiable?.[language]
  if (bar && level >= bar.from) return `no answer can pass: ${bar.reason}`
  if (isSample) return null
  const contradiction = contradictions.get(groupId(language, type, exampleId))
  if (!contradiction || level < contradiction.from || level > contradiction.to) return null
  return `rule and instruction contradict each other: ${contradiction.reason}`
}
