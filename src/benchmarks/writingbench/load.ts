import * as z from 'zod'
import { DataError, type DataLocation } from '../../core/errors.ts'
import type { Constraint, Item } from '../../core/item.ts'
import { parseJsonLine, readLines } from '../../core/jsonl.ts'
import { loadPythonJson } from '../../text/python-json.ts'
import { type PythonValue, repr } from '../../text/repr.ts'
import type { DataSource } from '../benchmark.ts'
import { editionParts, installedParts } from './editions.ts'
import { languageOf } from './language.ts'
import { type RequirementSubsets, readSubsets, subsetFiles } from './requirement-subsets.ts'
import { type Criterion, type Requirement, type WritingBenchData, WritingBenchRecord } from './schema.ts'

/** The items of a whole version. */
export const dataFile = 'benchmark_all.jsonl'

/**
 * Streams the queries in upstream's order.
 * @throws DataError `broken-record`, `broken-line`, `duplicate-index`, `edition-mixed`, `subset-mismatch` with file, line
 * and index; `not-installed`
 */
export async function* loadWritingBench(source: DataSource): AsyncGenerator<Item<WritingBenchData>> {
  const { spelling: expected, requirement } = editionParts(source)
  const file = requirement === null ? wholeFile(source) : source.path(subsetFiles(requirement).r)
  const subsets = await readSubsets(source, requirement === null ? undefined : [requirement])
  const seen = new Set<number>()
  for await (const { text, line } of readLines(file)) {
    if (text.trim() === '') continue
    const { record, criteria, spelling } = readRecord(text, { file, line })
    const location = { file, line, id: String(record.index) }
    if (spelling !== expected) {
      throw new DataError(
        'edition-mixed',
        `Expected the criteria of ${source.edition} under \`${expected}\`, found \`${spelling}\``,
        {
          location,
          hint: 'Versions 1 and 2 are different benchmarks: run writingbench:v1 or writingbench:v2 on data of its own.',
        },
      )
    }
    if (seen.has(record.index)) throw new DataError('duplicate-index', 'Expected every index once', { location })
    seen.add(record.index)
    yield toItem(record, criteria, subsets, location)
  }
}

function wholeFile(source: DataSource): string {
  const parts = source.optionalPath(dataFile) === null ? installedParts(source) : []
  if (parts.length === 0) return source.path(dataFile)
  throw new DataError('not-installed', `Expected ${dataFile} of ${source.edition}, it is not installed`, {
    hint: `Run \`bench data pull writingbench-${source.edition}\`, or one of the installed subsets: ${parts.map((part) => `\`--bench writingbench:${part}\``).join(', ')}.`,
  })
}

/** A line of the data file: the record, and its criteria as Python would print them. */
export interface ReadRecord {
  readonly record: WritingBenchRecord
  readonly criteria: readonly Criterion[]
  readonly spelling: 'checklist' | 'criteria'
}

/**
 * Reads one line. The criteria are read by Python's rules, since their text form (key order, ints and floats) goes into
 * the judge prompt.
 */
export function readRecord(text: string, location: DataLocation): ReadRecord {
  const parsed = WritingBenchRecord.safeParse(parseJsonLine(text, location.file ?? '', location.line ?? 1))
  if (!parsed.success) {
    throw new DataError('broken-record', `Expected a WritingBench record: ${z.prettifyError(parsed.error)}`, {
      location,
    })
  }
  const record = parsed.data
  const spelling = record.checklist ? 'checklist' : 'criteria'
  const python = loadPythonJson(text)
  if (!python.ok)
    throw new DataError('broken-record', `Expected JSON as Python reads it: ${python.reason}`, { location })
  const list = (python.value as ReadonlyMap<string, PythonValue>).get(spelling) as readonly PythonValue[]
  const names = record[spelling]!.map(({ name }) => name)
  const criteria = names.map((name, position) => ({
    name,
    text: repr(list[position]!),
    isRepeated: names.indexOf(name) < position,
  }))
  return { record, criteria, spelling }
}

/** One record as an item. */
export function toItem(
  record: WritingBenchRecord,
  criteria: readonly Criterion[],
  subsets: RequirementSubsets,
  location: DataLocation,
): Item<WritingBenchData> {
  const { index, domain1, domain2, query } = record
  const testedBy = testedRequirements(index, criteria, subsets, location)
  const descriptions = (record.checklist ?? record.criteria)!
  return {
    id: String(index),
    messages: [{ role: 'user', content: query }],
    constraints: criteria.map(({ name }, position): Constraint => {
      const tested = testedBy.get(name)
      return {
        id: String(position),
        text: `${name}: ${descriptions[position]!.criteria_description}`,
        check: 'judge',
        tags: tested ? { requirement: tested } : {},
        // The score bands speak of what the query asked for.
        needsPrompt: true,
      }
    }),
    cluster: String(index),
    language: languageOf(query, record.language ?? record.lang),
    tags: { domain1, domain2, requirement: listedRequirements(index, subsets) },
    data: { index, query, criteria },
  }
}

/** Requirements that an item carries, each as often as its subset lists the item. */
function listedRequirements(index: number, subsets: RequirementSubsets): Requirement[] {
  return [...subsets].flatMap(([requirement, { listed }]) =>
    Array.from({ length: listed.get(index) ?? 0 }, () => requirement),
  )
}

/** Requirements by the name of the criterion that tests them. */
function testedRequirements(
  index: number,
  criteria: readonly Criterion[],
  subsets: RequirementSubsets,
  location: DataLocation,
): Map<string, Requirement[]> {
  const known = new Set(criteria.map(({ name }) => name))
  const tested = new Map<string, Requirement[]>()
  for (const [requirement, subset] of subsets) {
    if (!subset.listed.has(index)) continue
    for (const name of subset.criteria.get(index)!) {
      if (!known.has(name)) {
        throw new DataError(
          'subset-mismatch',
          `Expected criterion ${JSON.stringify(name)} of the ${requirement} subset among those of the item`,
          { location },
        )
      }
      tested.set(name, [...(tested.get(name) ?? []), requirement])
    }
  }
  return tested
}
