import type { ModelFacts } from './protocol.ts'
import type { JsonRecord } from './read-reply.ts'
import { describe, type ItemScore, readTwoClasses } from './two-class.ts'

/**
 * An entry `{label, probs, num_classes}` of vLLM and SGLang. `probs` is in the order of the class index; `label` is the
 * name of the likelier class, so that a user's positive label can be found although the map of labels is not served.
 */
export function readLabelledClasses(entry: JsonRecord, facts: ModelFacts): ItemScore {
  const { probs, label, num_classes: classes } = entry
  if (classes !== undefined && classes !== 2) {
    const advice =
      classes === 1 && label !== 'Default' ? '; a model of one logit is asked with vllm-score+http://...' : ''
    return {
      error: `expected a model of two classes, got ${String(classes)} (label ${JSON.stringify(label)})${advice}`,
    }
  }
  const { positiveLabel, labelsSeen } = facts
  if (positiveLabel === null) return readTwoClasses(probs, facts)
  const first = readTwoClasses(probs, { ...facts, positive: 0 })
  if ('error' in first) return first
  if (typeof label !== 'string') {
    return {
      error: `expected the name of the likelier class beside its values, to find ${describe(positiveLabel)}, got ${describe(label)}`,
    }
  }
  const likelier = first.p >= 0.5 ? 0 : 1
  labelsSeen.set(likelier, label)
  const other = labelsSeen.get(1 - likelier)
  if (other !== undefined && (label === positiveLabel) === (other === positiveLabel)) {
    return {
      error: `expected one of two classes to be named ${describe(positiveLabel)}, the model has ${describe(label)} and ${describe(other)}`,
    }
  }
  return readTwoClasses(probs, { ...facts, positive: label === positiveLabel ? likelier : 1 - likelier })
}
