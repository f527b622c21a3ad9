import { EndpointError } from '../../../../core/errors.ts'
import type { QueryPart } from '../endpoint-options.ts'
import type { Ask, ModelFacts, ProtocolItem, RewardProtocol } from '../protocol.ts'
import { arrayIn, byIndex } from '../read-reply.ts'
import { readOneLogit } from '../two-class.ts'
import { learnModel } from './vllm.ts'

const shared = {
  // The server joins the pair by the model's own pair template.
  buildsText: true,
  refusesLength: true,
  batchSize: 32,
  concurrency: 8,
  maxBatchBytes: 8_000_000,
  prepare,
  ownSettings: ['query'],
  identity: ({ query }: ModelFacts) => [`query=${query}`],
} as const

/** `POST /score` of vLLM, for models of one logit: pairs by position, as many queries as documents. */
export const vllmScore: RewardProtocol = {
  ...shared,
  name: 'vllm-score',
  request: (items, { model, query }) => ({
    path: '/score',
    body: {
      ...(model === null ? {} : { model }),
      text_1: items.map((item) => item[query]),
      text_2: items.map((item) => item[documentOf(query)]),
    },
  }),
  read: (reply, items, { logits }) =>
    byIndex(arrayIn(reply, 'data'), items.length).map(({ score }) => readOneLogit(score, logits)),
}

/** `POST /rerank` of vLLM: one query with its documents. Results come sorted by score and are put in order by index. */
export const vllmRerank: RewardProtocol = {
  ...shared,
  name: 'vllm-rerank',
  groupOf: (item, { query }) => item[query],
  request: (items, { model, query }) => ({
    path: '/rerank',
    body: {
      ...(model === null ? {} : { model }),
      query: queryOf(items, query),
      documents: items.map((item) => item[documentOf(query)]),
      top_n: 0,
    },
  }),
  read: (reply, items, { logits }) =>
    byIndex(arrayIn(reply, 'results'), items.length).map(({ relevance_score: score }) => readOneLogit(score, logits)),
}

function documentOf(query: QueryPart): QueryPart {
  return query === 'constraint' ? 'response' : 'constraint'
}

function queryOf(items: readonly ProtocolItem[], query: QueryPart): string {
  return items[0]![query]
}

async function prepare(
  ask: Ask,
  facts: ModelFacts,
  { positiveIndex, positiveLabel }: { positiveIndex?: number | undefined; positiveLabel?: string | undefined },
): Promise<Partial<ModelFacts>> {
  if (positiveLabel !== undefined || (positiveIndex !== undefined && positiveIndex !== 1)) {
    throw new EndpointError('rm-label', 'Expected no setting `positive`, because a model of one logit has no classes')
  }
  return learnModel(ask, facts)
}
