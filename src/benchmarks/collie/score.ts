import { evaluateConstraint } from '../../checkers/collie/evaluate.ts'
import { foundText } from '../../checkers/collie/evidence.ts'
import { TextUnits } from '../../checkers/collie/text-units.ts'
import type { Tokenizers } from '../../checkers/collie/tokenizers.ts'
import type { Item } from '../../core/item.ts'
import type { ModelResponse } from '../../core/response.ts'
import type { Protocol, Verdict } from '../../core/verdict.ts'
import { isBlank } from '../../text/white-space.ts'
import type { Scorer } from '../benchmark.ts'
import { repairResponse } from './repair.ts'
import type { CollieData, ColliePart } from './schema.ts'

type Finding = Pick<Verdict, 'value' | 'status' | 'expected'> & Partial<Pick<Verdict, 'found' | 'reason' | 'detail'>>

/**
 * Scores responses by rule: one verdict for each sub-constraint, 1 when it holds.
 *
 * `official` checks the raw text, nothing cut; `fixed` checks what {@link repairResponse} makes of it. A missing
 * response has no verdict (null) under either.
 * @param labels marks of every number, see {@link Scorer}
 */
export function createScorer(tokenizers: Tokenizers, labels: readonly string[]): Scorer<CollieData> {
  return {
    labels,
    async score(item, response, _context, protocols) {
      return scoreResponse(tokenizers, item, response, protocols)
    },
  }
}

/** The verdicts of one response, protocol by protocol, in the order of the item's constraints. */
export function scoreResponse(
  tokenizers: Tokenizers,
  item: Item<CollieData>,
  response: ModelResponse,
  protocols: readonly Protocol[],
): readonly Verdict[] {
  const { parts } = item.data
  const byText = new Map<string | null, readonly Finding[]>()
  const verdicts: Verdict[] = []
  for (const protocol of protocols) {
    const text = response.text !== null && protocol === 'fixed' ? repairResponse(response.text) : response.text
    let findings = byText.get(text)
    if (!findings) {
      findings = find(tokenizers, parts, response, text)
      byText.set(text, findings)
    }
    for (const [index, finding] of findings.entries()) {
      const constraint = parts[index]!.id
      verdicts.push({ item: item.id, sample: response.sample, constraint, scorer: 'rule', protocol, ...finding })
    }
  }
  return verdicts
}

function find(
  tokenizers: Tokenizers,
  parts: readonly ColliePart[],
  response: ModelResponse,
  text: string | null,
): readonly Finding[] {
  if (response.text === null) {
    const { status } = response
    return parts.map((part) => ({ value: null, status, expected: part.text, reason: 'There is no response to check.' }))
  }
  const { status } = response
  if (text === null) {
    return parts.map((part) => ({ value: 0, status, expected: part.text, found: 'a blank response', detail: blank }))
  }
  const units = new TextUnits(text, tokenizers)
  const findings = parts.map((part) => check(part, units, status))
  return isBlank(text) ? findings.map((finding) => ({ ...finding, detail: blank })) : findings
}

/** Marks verdicts on a blank response, so that blank passes can be counted. */
const blank = { blank: true } as const

function check(
  { constraint, target, text: expected }: ColliePart,
  units: TextUnits,
  status: Verdict['status'],
): Finding {
  const evaluation = evaluateConstraint(constraint, units, target)
  const { outcome } = evaluation
  const found = foundText(constraint, target, evaluation)
  if (outcome.kind === 'value' && outcome.value !== null) {
    return { value: outcome.value ? 1 : 0, status, expected, found }
  }
  return { value: null, status: 'check-error', expected, found, reason: `The official checker ends in ${found}.` }
}
