import type { HttpReply } from '../../../models/http/exchange.ts'
import type { LogitPolicy, QueryPart, RewardModelEndpointOptions } from './endpoint-options.ts'
import type { LabelMap } from './positive-class.ts'
import type { ProtocolName } from './spec.ts'
import type { ItemScore } from './two-class.ts'

/** One pair on its way to a server. */
export interface ProtocolItem {
  readonly response: string
  readonly constraint: string
  /** The whole input text; empty where the server builds it. */
  readonly text: string
}

/** What is known of the served model before the first pair is sent. */
export interface ModelFacts {
  /** Name to ask for, or null where the server needs none. */
  readonly model: string | null
  /** Index of the class "satisfied". */
  readonly positive: number
  readonly positiveLabel: string | null
  readonly labels: LabelMap | null
  readonly logits: LogitPolicy
  /** Token limit that the server tells, or null. */
  readonly maxTokens: number | null
  /** Most inputs per request that the server tells, or null. */
  readonly maxBatch: number | null
  readonly tensors: { readonly input: string; readonly output: string | null; readonly isColumn: boolean }
  /** What the server says of the weights it serves (a commit, a path behind the served name), or null. */
  readonly revision: string | null
  /** Which part of a pair is the query of a scoring route. */
  readonly query: QueryPart
  /** Label of the likelier class by its index, as replies have shown it so far. */
  readonly labelsSeen: Map<number, string>
}

/** Asks a path of the server with GET. Throws EndpointError for a server that cannot be reached or wants a key. */
export type Ask = (path: string) => Promise<HttpReply>

/** How one kind of server is spoken to. */
export interface RewardProtocol {
  readonly name: ProtocolName
  /** True where the server makes the input text of response and constraint itself. */
  readonly buildsText: boolean
  /** True where a text that is too long is refused, so that the server may decide about it; false where it may be cut. */
  readonly refusesLength: boolean
  /** Pairs per request. */
  readonly batchSize: number
  /** Requests under way at once. */
  readonly concurrency: number
  /** Most bytes of texts in one request. */
  readonly maxBatchBytes: number
  /**
   * Learns about the model by GET requests.
   * @throws EndpointError for a model that cannot be used
   */
  prepare?(ask: Ask, facts: ModelFacts, options: RewardModelEndpointOptions): Promise<Partial<ModelFacts>>
  /** Pairs that may share a request have the same key; all may where this is left out. */
  groupOf?(item: ProtocolItem, facts: ModelFacts): string
  /** Settings that only this protocol has a use for. */
  readonly ownSettings?: readonly ('query' | 'tensors')[]
  /** Words of the identity that only this protocol has. */
  identity?(facts: ModelFacts): readonly string[]
  /** Path behind the base URL, and body. */
  request(items: readonly ProtocolItem[], facts: ModelFacts): { readonly path: string; readonly body: unknown }
  /**
   * One score per item, in the order of the items.
   * @throws CallError `malformed` when the reply as a whole cannot be read
   */
  read(reply: unknown, items: readonly ProtocolItem[], facts: ModelFacts): readonly ItemScore[]
  /** True for an error status that another try cannot mend, though its number says so. */
  isFinal?(reply: HttpReply): boolean
}
