/** What part of a response is scored. */
export const thinkModes = ['gate', 'strip', 'none'] as const
/**
 * `gate`: only what follows the first `</think>` with two line feeds; without it the reward is 0 (published code).
 * `strip`: what follows the last `</think>`; a response without think marks is scored whole, one that opens a think block
 * and never closes it has no answer. `none`: the response as it is.
 */
export type ThinkMode = (typeof thinkModes)[number]

/** How terms become a reward. */
export interface RewardForm {
  /** Largest reward. */
  readonly scale: number
  readonly think: ThinkMode
  /** `equal`: ids, parameters and texts must be as many; `shortest`: they are walked together up to the shortest list. */
  readonly lists: 'equal' | 'shortest'
}

/**
 * `paper`: mean of rule checks (0 or 1) and probabilities, from 0 to 1 (arXiv 2508.02150, section on rewards). `code`: as
 * `instruction_compute_score` of Rainier-rq/verl-if at dadf40a computes it, from 0 to 5 behind the think gate.
 */
export const rewardForms = {
  paper: { scale: 1, think: 'strip', lists: 'equal' },
  code: { scale: 5, think: 'gate', lists: 'shortest' },
} as const satisfies Readonly<Record<string, RewardForm>>

export type RewardFormName = keyof typeof rewardForms

/** The text to score, or null where the response has no answer: then the reward is 0 and nothing is asked. */
export function scoredText(response: string, think: ThinkMode): string | null {
  switch (think) {
    case 'none':
      return response
    case 'gate': {
      const gate = '</think>\n\n'
      const at = response.indexOf(gate)
      return at === -1 ? null : response.slice(at + gate.length)
    }
    case 'strip': {
      const at = response.lastIndexOf('</think>')
      if (at !== -1) return response.slice(at + '</think>'.length).replace(/^\s+/, '')
      return /^\s*<think>/.test(response) ? null : response
    }
    default: {
      const never: never = think
      throw new Error(`Unknown think mode: ${String(never)}`)
    }
  }
}
