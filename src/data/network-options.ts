/** Settings of downloads; times in milliseconds. */
export interface NetworkOptions {
  /** Wait for the connection and for the first byte of the reply. @default 20_000 */
  readonly headersTimeout: number
  /** Longest silence in the middle of a reply. @default 30_000 */
  readonly idleTimeout: number
  /** Tries in a row that brought no new byte before an address is given up. @default 4 */
  readonly tries: number
  /** Wait before the second try; doubles with each further one. @default 500 */
  readonly retryDelay: number
  /** Longest wait between two tries, also when the server asks for more. @default 15_000 */
  readonly longestDelay: number
}

export const defaultNetworkOptions: NetworkOptions = {
  headersTimeout: 20_000,
  idleTimeout: 30_000,
  tries: 4,
  retryDelay: 500,
  longestDelay: 15_000,
}
