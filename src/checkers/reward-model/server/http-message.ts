/** A request as handlers see it. */
export interface RewardRequest {
  /** The parsed JSON body; undefined for GET. */
  readonly body: unknown
  /** Query parameters. */
  readonly query: URLSearchParams
}

/** A reply as handlers make it. */
export interface RewardReply {
  readonly status: number
  readonly body: unknown
  /** Sent as it is instead of `body`. */
  readonly text?: string
  readonly contentType?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A request that cannot be answered with a reward. */
export class RequestRefused extends Error {
  readonly status: number
  readonly code: string
  readonly headers: Readonly<Record<string, string>>
  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message)
    this.name = 'RequestRefused'
    this.status = status
    this.code = code
    this.headers = headers
  }
}
