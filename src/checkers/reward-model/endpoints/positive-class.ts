import { EndpointError } from '../../../core/errors.ts'
import type { RewardModelEndpointOptions } from './endpoint-options.ts'

/** `id2label` of a checkpoint's configuration: JSON object keys are strings. */
export type LabelMap = Readonly<Record<string, string>>

/**
 * Index of the class "satisfied" in a checkpoint of two classes: by its label where the user names one, else the given
 * index, else 1.
 * @throws EndpointError `rm-classes` for another number of classes, `rm-label` for a label that the model does not have
 */
export function positiveIndexOf(
  labels: LabelMap | null,
  { positiveIndex = 1, positiveLabel }: Pick<RewardModelEndpointOptions, 'positiveIndex' | 'positiveLabel'>,
): number {
  const known = labels === null ? null : Object.entries(labels)
  if (known !== null && known.length !== 2) {
    throw new EndpointError('rm-classes', `Expected a classifier of two classes, the model has ${known.length}`)
  }
  if (positiveLabel !== undefined && known !== null) {
    const found = known.find(([, label]) => label === positiveLabel)
    if (found) return Number(found[0])
    const names = known.map(([, label]) => label).join(', ')
    throw new EndpointError('rm-label', `Expected the label ${JSON.stringify(positiveLabel)}, the model has ${names}`)
  }
  if (positiveIndex !== 0 && positiveIndex !== 1) {
    throw new EndpointError('rm-classes', `Expected the index of one of two classes, got ${positiveIndex}`)
  }
  return positiveIndex
}

const negativeWord = /^(not|no|non|false|fail|failed|violat|unsatisf|unfulfil|reject|0$)|[_\s-](not|violat)/i

/** A remark where the labels read as if the classes stood the other way round; null where they do not. */
export function suspiciousOrder(labels: LabelMap | null, positive: number): string | null {
  if (labels === null) return null
  const yes = labels[String(positive)] ?? ''
  const no = labels[String(1 - positive)] ?? ''
  if (!negativeWord.test(yes) || negativeWord.test(no)) return null
  return `the reward model's class ${positive} is named ${JSON.stringify(yes)} and read as "satisfied": is the order right? (setting positive=<label>)`
}
