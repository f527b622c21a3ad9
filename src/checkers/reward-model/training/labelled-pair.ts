/** One training or test example. */
export interface LabelledPair {
  readonly id: string
  /** Where it comes from: `ifeval`, `generated`, `collie`, `followbench-judged`, ... */
  readonly source: string
  readonly response: string
  readonly constraint: string
  /** 1 satisfied, 0 not. */
  readonly label: 0 | 1
  /** Kind of constraint. */
  readonly type: string
  /** Pairs that share a cluster are never split between training and test: prompt, example, response. */
  readonly cluster: string
  /** True for constraints that a rule decides; false for judged ones. */
  readonly isRule: boolean
  /** Number of the wording; 0 is kept out of training wherever a type has several. Null without wordings. */
  readonly wording: number | null
}
