import type { CallRecord } from '../../runners/call-record.ts'
import type { VerdictRecord } from '../../runners/verdict-file.ts'
import type { SpanReader } from './read-span.ts'
import { readRowHead } from './row-head.ts'
import type { RunIndex, Span } from './run-index.ts'
import { type ShownText, shown, shownLine } from './shown-text.ts'
import { type TextDifference, textDifference } from './text-difference.ts'

/** A call behind a verdict, with its raw reply. */
export interface ShownCall {
  readonly key: string
  readonly role: string
  readonly purpose: string
  readonly attempt: number
  readonly status: string
  readonly endpoint: string
  readonly returnedModel: string | null
  readonly finishReason: string | null
  readonly ms: number | null
  readonly usage: string | null
  readonly text: ShownText | null
  readonly reasoning: ShownText | null
  /** The provider's reply as it came. */
  readonly raw: ShownText | null
}

export interface ShownVerdict {
  readonly constraint: string
  readonly mode: string | null
  readonly protocol: string
  readonly scorer: string
  readonly value: number | null
  readonly status: string
  readonly expected: ShownText | null
  readonly found: ShownText | null
  readonly reason: ShownText | null
  readonly detail: ShownText | null
  /** Keys of {@link ShownSide.calls}. */
  readonly calls: readonly string[]
}

/** One run's part of an item. */
export interface ShownSide {
  readonly run: string
  readonly row: number
  readonly status: string | null
  readonly response: ShownCall | null
  readonly verdicts: readonly ShownVerdict[]
  readonly calls: readonly ShownCall[]
  /** Verdicts or calls that are not shown, because there are too many. */
  readonly left: number
}

export interface ShownItem {
  readonly benchmark: string
  readonly item: string
  readonly sample: number
  readonly prompt: readonly { readonly role: string; readonly content: ShownText }[]
  readonly constraints: readonly { readonly id: string; readonly text: string; readonly tags: readonly string[] }[]
  readonly sides: readonly ShownSide[]
  /** Differences of the two responses; null where there are no two, or they are too long. */
  readonly difference: TextDifference | null
}

const mostVerdicts = 2000
const mostCalls = 400
/** Longest piece of evidence, and of a raw reply, in UTF-16 units. */
const longestFact = 4000
const longestReply = 60_000
/** Longest record that is parsed whole, in bytes. */
const longestRecord = 1 << 27

/** Everything that one or two runs have on a response. */
export async function readItem(
  sides: readonly { readonly index: RunIndex; readonly row: number }[],
  reader: SpanReader,
): Promise<ShownItem> {
  const [first] = sides
  const { index, row } = first!
  const { item, sample } = await readRowHead(index, row, reader)
  const read = []
  let prompt: ShownItem['prompt'] = []
  for (const side of sides) {
    const { messages, ...rest } = await readSide(side.index, side.row, reader)
    if (prompt.length === 0)
      prompt = (messages ?? []).map(({ role, content }) => ({ role: shownLine(role, 20), content: shown(content)! }))
    read.push(rest)
  }
  const [a, b] = read.map(({ response }) => response?.text)
  return {
    benchmark: index.benchmarkAt(row),
    item: shownLine(item, 200),
    sample,
    prompt,
    constraints: index.catalogue.constraintsOf(index.itemAt(row)).map(({ id, text, tags }) => ({
      id: shownLine(id, 200),
      text: shown(text, longestFact)!.text,
      tags: tags.map((tag) => shownLine(index.catalogue.tags[tag]!, 100)),
    })),
    sides: read,
    difference: a && b && a.left === 0 && b.left === 0 ? textDifference(a.text, b.text) : null,
  }
}

async function readSide(index: RunIndex, row: number, reader: SpanReader) {
  const record = await readRecord<CallRecord>(index.callsFile, index.responseAt(row), reader)
  const verdicts: VerdictRecord[] = []
  for (const span of index.verdictsAt(row)) verdicts.push(...(await readVerdicts(index.verdictsFile, span, reader)))
  const keys = [...new Set(verdicts.flatMap(({ calls }) => calls ?? []))]
  const calls: ShownCall[] = []
  for (const key of keys.slice(0, mostCalls)) {
    const call = await readRecord<CallRecord>(index.callsFile, index.callByKey(key), reader)
    if (call) calls.push(toCall(call, longestReply))
  }
  return {
    run: shownLine(index.run.name, 100),
    row,
    status: index.statusAt(row),
    response: record ? toCall(record) : null,
    verdicts: verdicts.slice(0, mostVerdicts).map(toVerdict),
    calls,
    left: Math.max(0, verdicts.length - mostVerdicts) + Math.max(0, keys.length - mostCalls),
    messages: record?.kind === 'reply' ? record.messages : undefined,
  }
}

async function readRecord<Found>(file: string, span: Span | null, reader: SpanReader): Promise<Found | null> {
  if (!span || span.length > longestRecord) return null
  try {
    return JSON.parse((await reader.read(file, span)).toString('utf8')) as Found
  } catch {
    return null
  }
}

async function readVerdicts(file: string, span: Span, reader: SpanReader): Promise<VerdictRecord[]> {
  if (span.length > longestRecord) return []
  return (await reader.read(file, span))
    .toString('utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as VerdictRecord]
      } catch {
        return []
      }
    })
}

function toVerdict(verdict: VerdictRecord): ShownVerdict {
  const { constraint, mode, protocol, scorer, value, status, expected, found, reason, detail, calls } = verdict
  return {
    constraint: shownLine(constraint, 200),
    mode: mode === undefined ? null : shownLine(mode, 60),
    protocol,
    scorer: shownLine(scorer, 200),
    value,
    status,
    expected: shown(expected, longestFact),
    found: shown(found, longestFact),
    reason: shown(reason, longestFact),
    detail: detail === undefined ? null : shown(JSON.stringify(detail, null, 1), longestFact),
    calls: calls ?? [],
  }
}

function toCall(record: CallRecord, limit?: number): ShownCall {
  const { key, role, purpose, attempt, endpoint, ms } = record
  const head = { key: shownLine(key, 64), role, purpose: shownLine(purpose, 60), attempt, ms }
  const name = shownLine(endpoint, 200)
  if (record.kind === 'failure') {
    const { kind, message } = record.failure
    const nothing = { returnedModel: null, finishReason: null, usage: null, reasoning: null, raw: null }
    return { ...head, endpoint: name, status: `failed: ${kind}`, ...nothing, text: shown(message, longestFact) }
  }
  const { status, returnedModel, finishReason, usage, text, reasoning, raw } = record
  return {
    ...head,
    endpoint: name,
    status,
    returnedModel: returnedModel === null ? null : shownLine(returnedModel, 200),
    finishReason: finishReason === null ? null : shownLine(finishReason, 60),
    usage: usage === null ? null : JSON.stringify(usage),
    text: shown(text, limit),
    reasoning: shown(reasoning, limit),
    raw: shown(JSON.stringify(raw, null, 1), longestReply),
  }
}
