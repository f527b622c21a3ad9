import { strip } from '../../text/strip.ts'
import { excerpt } from './_excerpt.ts'
import type { RuleLanguage } from './rule.ts'
import { type ListElement, parseListLiteral } from './string-list.ts'

/** What a judge's reply says about the constraints of one item, or why it says nothing that can be read. */
export type JudgeReading =
  | {
      readonly parsed: true
      /** One per constraint, in the order in which they were added: 1 satisfied, 0 not. */
      readonly values: readonly (0 | 1)[]
      /** The words that the judge used. */
      readonly words: readonly string[]
    }
  | { readonly parsed: false; readonly reason: string }

/** Share of constraints met, and whether all are: the two scores that upstream sums. */
export interface JudgeScores {
  readonly hard: 0 | 1
  readonly soft: number
}

/** Upstream's two scores of a reading; null when it could not be read (upstream counts -1 and -1). */
export function judgeScores(reading: JudgeReading): JudgeScores | null {
  if (!reading.parsed) return null
  const met = reading.values.filter((value) => value === 1).length
  return { hard: met === reading.values.length ? 1 : 0, soft: met / reading.values.length }
}

/** How one of the known parsers reads a reply. */
interface ReplyGrammar {
  readonly lastLine: (reply: string) => string
  readonly satisfied: ReadonlySet<string>
  readonly unsatisfied: ReadonlySet<string>
  /** YES and NO may stand without quotes when the list holds no straight quote at all. */
  readonly quotesBareWords: boolean
  /** More elements than constraints are allowed; the first ones count. */
  readonly ignoresExtra: boolean
}

const englishGrammar: ReplyGrammar = {
  lastLine: (reply) => afterLastLineFeed(strip(strip(reply, '`'))),
  satisfied: new Set(['YES']),
  unsatisfied: new Set(['NO', 'PARTIAL', 'MAYBE', 'UNKNOWN', 'N/A']),
  quotesBareWords: false,
  ignoresExtra: false,
}

const grammars = {
  /** gpt4_based_evaluation.py of YJiangcm/FollowBench at 6278f4c1, `code`. */
  en: englishGrammar,
  /** The same, `code_zh`. parity: back-ticks, spaces and line feeds are stripped once each, in this order. */
  zh: {
    lastLine: (reply) => strip(afterLastLineFeed(strip(strip(strip(straightQuotes(reply), '`'), ' '), '\n')), ' '),
    satisfied: new Set(['YES']),
    unsatisfied: new Set(['NO', 'PARTIAL', 'PARTIALLY', 'MAYBE', 'UNKNOWN']),
    quotesBareWords: true,
    ignoresExtra: true,
  },
  /** opencompass/datasets/subjective/followbench.py at a5acc4bb: one parser for both languages. */
  opencompass: {
    ...englishGrammar,
    satisfied: new Set(['YES', 'True']),
    unsatisfied: new Set([...englishGrammar.unsatisfied, 'False']),
  },
} as const satisfies Record<string, ReplyGrammar>

/** Parsers by name: the official one of each language, and OpenCompass's. */
export type JudgeParserId = RuleLanguage | 'opencompass'

/**
 * Reads a judge's reply as upstream does, without evaluating it: at level 1 the last line contains `YES` or `NO`; above,
 * the text from its first `[` to its last `]` is a Python list of one word per constraint. Upstream evaluates that text;
 * list literals give the same verdict here, other Python expressions do not parse.
 * @param level number of constraints, 1 to 5
 */
export function readJudgeReply(reply: string, level: number, parser: JudgeParserId): JudgeReading {
  const grammar: ReplyGrammar = grammars[parser]
  const line = grammar.lastLine(reply)
  return level === 1 ? readWord(line) : readList(line, level, grammar)
}

/** parity: substring tests in this order, so that UNKNOWN and NOTE count as NO, and `N/A` and `Yes` do not parse. */
function readWord(line: string): JudgeReading {
  if (line.includes('YES')) return { parsed: true, values: [1], words: ['YES'] }
  if (line.includes('NO')) return { parsed: true, values: [0], words: ['NO'] }
  return unparsed('YES or NO on the last line', line)
}

function readList(line: string, level: number, grammar: ReplyGrammar): JudgeReading {
  const start = line.indexOf('[')
  const end = line.lastIndexOf(']')
  if (start === -1 || end < start) return unparsed('a list on the last line', line)
  let literal = line.slice(start, end + 1)
  if (grammar.quotesBareWords && !/['"]/.test(literal)) literal = literal.replace(/YES|NO/g, "'$&'")
  const elements = parseListLiteral(literal)
  if (!elements) return unparsed('a list of quoted words on the last line', literal)
  if (grammar.ignoresExtra ? elements.length < level : elements.length !== level) {
    return { parsed: false, reason: `expected a list of ${level}, found ${elements.length} elements` }
  }
  return readElements(elements.slice(0, level), grammar)
}

function readElements(elements: readonly ListElement[], { satisfied, unsatisfied }: ReplyGrammar): JudgeReading {
  const values: (0 | 1)[] = []
  const words: string[] = []
  for (const element of elements) {
    const word = 'text' in element ? element.text : null
    if (word === null || !(satisfied.has(word) || unsatisfied.has(word))) {
      return unparsed('only words such as YES and NO in the list', word ?? (element as { other: string }).other)
    }
    values.push(satisfied.has(word) ? 1 : 0)
    words.push(word)
  }
  return { parsed: true, values, words }
}

function unparsed(expected: string, found: string): JudgeReading {
  return { parsed: false, reason: `expected ${expected}, found ${found === '' ? 'nothing' : excerpt(found)}` }
}

function straightQuotes(text: string): string {
  return text.replace(/[\u201c\u201d]/g, '"')
}

function afterLastLineFeed(text: string): string {
  return text.slice(text.lastIndexOf('\n') + 1)
}
