import { cutProbability } from './probability-scores.ts'

/** 1/(1 + e^-x). */
export function sigmoid(x: number): number {
  return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x))
}

/** ln(p/(1 - p)) with p kept 1e-7 away from 0 and 1. */
export function logit(probability: number): number {
  const cut = cutProbability(probability)
  return Math.log(cut / (1 - cut))
}
