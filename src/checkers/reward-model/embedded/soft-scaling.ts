import { sigmoid } from '../../../stats/logistic.ts'

/** How a constraint in which nothing checkable was found is read: p = sigmoid(trees·log-odds + relevance·log-odds + offset). */
export interface SoftScaling {
  readonly trees: number
  readonly relevance: number
  readonly offset: number
}

/** P(satisfied) by the log-odds of the trees and those of the relevance. */
export function applySoft(soft: SoftScaling, trees: number, relevance: number): number {
  return sigmoid(soft.trees * trees + soft.relevance * relevance + soft.offset)
}
