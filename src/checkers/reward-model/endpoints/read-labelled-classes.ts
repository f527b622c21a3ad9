import type { ModelFacts } from './protocol.ts'
import type { JsonRecord } from './read-reply.ts'
import { type ItemScore, readTwoClasses } from './two-class.ts'

/**
 * An entry `{label, probs, num_classes}` of vLLM and SGLang. `probs` is in the order of the class index; `label` is the
 * name of the likelier class, so that a user's positive label can be found although the map of labels is not served.
 */
export function readLabelledClasses(entry: JsonRecord, facts: ModelFacts): ItemScore {
  const { probs, label, num_classes: classes } = entry
  if (classes !== undefined && classes !== 2) {
    return { error: `expected a model of two classes, got ${String(classes)} (label ${JSON.stringify(label)})` }
  }
  const { positiveLabel } = facts
  if (positiveLabel === null) return readTwoClasses(probs, facts)
  const first = readTwoClasses(probs, { ...facts, positive: 0 })
  if ('error' in first) return first
  const likelier = Math.max(first.p, 1 - first.p)
  return { p: label === positiveLabel ? likelier : 1 - likelier }
}
