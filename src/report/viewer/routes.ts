import { type Status, statuses } from '../../core/status.ts'
import { type Protocol, protocols } from '../../core/verdict.ts'
import { listRows, type OutcomeFilter, outcomeFilters } from './list-rows.ts'
import { readItem } from './read-item.ts'
import type { RunIndex } from './run-index.ts'
import type { ViewerState } from './viewer-state.ts'

/** A request that names something that is not there. */
export class RequestError extends Error {}

/** Most rows of one answer. */
const mostRows = 200

/** Answers of the viewer by path: plain data, every text already made visible. */
export const routes: Readonly<Record<string, (state: ViewerState, query: URLSearchParams) => Promise<unknown>>> = {
  '/api/state': async (state) => state.describe(),
  '/api/rows': async (state, query) => {
    const index = indexOf(state, query, 'run')
    const other = query.has('other') ? indexOf(state, query, 'other') : null
    return listRows(
      index,
      other,
      {
        protocol: oneOf<Protocol>(query, 'protocol', protocols) ?? 'official',
        benchmark: query.get('benchmark') || null,
        status: oneOf<Status>(query, 'status', statuses),
        tag: tagOf(query, index),
        outcome: oneOf<OutcomeFilter>(query, 'outcome', outcomeFilters) ?? 'all',
        text: query.get('text') ?? '',
      },
      { from: integer(query, 'from'), count: Math.min(mostRows, integer(query, 'count') || 50) },
      state.reader,
    )
  },
  '/api/item': async (state, query) => {
    const index = indexOf(state, query, 'run')
    const row = integer(query, 'row')
    if (row >= index.size) throw new RequestError(`Expected a row below ${index.size}`)
    const sides = [{ index, row }]
    if (query.has('other')) {
      const other = indexOf(state, query, 'other')
      const match = other.find(index.hashAt(row))
      if (match !== -1) sides.push({ index: other, row: match })
    }
    return readItem(sides, state.reader)
  },
}

function indexOf({ indexes }: ViewerState, query: URLSearchParams, name: string): RunIndex {
  const index = indexes[integer(query, name)]
  if (!index) throw new RequestError(`Expected ${name} to be the number of a run, below ${indexes.length}`)
  return index
}

function integer(query: URLSearchParams, name: string): number {
  const value = Number(query.get(name) ?? 0)
  if (!Number.isSafeInteger(value) || value < 0) throw new RequestError(`Expected ${name} to be a whole number`)
  return value
}

function oneOf<Value extends string>(query: URLSearchParams, name: string, known: readonly Value[]): Value | null {
  const given = query.get(name)
  if (given === null || given === '') return null
  const found = known.find((value) => value === given)
  if (found === undefined) throw new RequestError(`Expected ${name} to be one of ${known.join(', ')}`)
  return found
}

/** The tag is asked for by its number, so that a name need not survive being made visible. */
function tagOf(query: URLSearchParams, { catalogue }: RunIndex): string | null {
  if (!query.get('tag')) return null
  const name = catalogue.tags[integer(query, 'tag')]
  if (name === undefined) throw new RequestError('Expected a known tag')
  return name
}
