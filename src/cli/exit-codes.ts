/** Exit codes of `bench`, the same for every command. */
export const exitCodes = {
  /** Done, nothing missing. */
  ok: 0,
  /** Done, but some calls failed or some checks disagree: the output says which. */
  incomplete: 1,
  /** Wrong option, wrong data, unusable endpoint or folder. Nothing was changed. */
  usage: 2,
  /** Stopped early (interrupt, cost limit). The same command goes on where it stopped. */
  stopped: 3,
  /** A defect of the program itself. */
  internal: 4,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]
