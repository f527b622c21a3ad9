import * as z from 'zod'
import { DataError, type DataLocation } from '../../core/errors.ts'
import type { Item } from '../../core/item.ts'
import { readJsonl } from '../../core/jsonl.ts'
import type { DataSource } from '../benchmark.ts'
import { axes, axisOf } from './axes.ts'
import { readParquet } from './parquet-rows.ts'
import { GithubRecord, HubRecord, type MultichallengeData, type Question } from './schema.ts'

/** File of each edition. The embedded sample has the first one's format. */
export const dataFiles = { github: 'benchmark_questions.jsonl', hf: 'test-00000-of-00001.parquet' } as const

/** Id of the only constraint of an item. */
export const targetConstraint = 'target'

/**
 * Streams the conversations in upstream's order.
 * @throws DataError `broken-record`, `broken-file`, `unknown-axis`, `duplicate-id`, `unknown-edition` with file, line, id
 */
export async function* loadMultichallenge(source: DataSource): AsyncGenerator<Item<MultichallengeData>> {
  const seen = new Set<string>()
  for await (const { question, location } of readQuestions(source)) {
    if (seen.has(question.id)) throw new DataError('duplicate-id', 'Expected every question id once', { location })
    seen.add(question.id)
    const axis = axisOf(question.axis)
    if (axis === null) {
      throw new DataError('unknown-axis', `Unknown axis \`${question.axis}\``, {
        location,
        hint: `Known axes: ${axes.map(({ id }) => id).join(', ')}`,
      })
    }
    yield toItem({ ...question, axis })
  }
}

interface LocatedQuestion {
  readonly question: Question
  readonly location: DataLocation
}

async function* readQuestions({ edition, isSample, path }: DataSource): AsyncGenerator<LocatedQuestion> {
  if (edition === 'github' || isSample) {
    const file = path(dataFiles.github)
    for await (const { value, line } of readJsonl(file)) yield fromGithub(value, { file, line })
    return
  }
  if (edition !== 'hf') {
    throw new DataError('unknown-edition', `Unknown edition \`${edition}\``, { hint: 'Known editions: github, hf' })
  }
  const file = path(dataFiles.hf)
  for (const [index, value] of (await readParquet(file)).entries()) yield fromHub(value, { file, line: index + 1 })
}

function fromGithub(value: unknown, place: DataLocation): LocatedQuestion {
  const row = parse(GithubRecord, value, place)
  const location = { ...place, id: row.QUESTION_ID }
  const question = {
    id: row.QUESTION_ID,
    axis: row.AXIS,
    conversation: row.CONVERSATION,
    targetQuestion: row.TARGET_QUESTION,
    passCriteria: row.PASS_CRITERIA,
  }
  return { question, location }
}

function fromHub(value: unknown, place: DataLocation): LocatedQuestion {
  const row = parse(HubRecord, value, place)
  const location = { ...place, id: row.question_id }
  const question = {
    id: row.question_id,
    axis: row.axis,
    conversation: row.conversation,
    targetQuestion: row.target_question,
    passCriteria: row.pass_criteria,
  }
  return { question, location }
}

function parse<T>(schema: z.ZodType<T>, value: unknown, location: DataLocation): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new DataError('broken-record', `Expected a MultiChallenge record: ${z.prettifyError(parsed.error)}`, {
    location,
  })
}

/** Words that point at something said before the response. */
const pointer = /\b(?:conversation|earlier|previous(?:ly)?|original(?:ly)?|turn)\b/i

/** One question as an item. */
export function toItem({ id, axis, conversation, targetQuestion, passCriteria }: Question): Item<MultichallengeData> {
  return {
    id,
    messages: conversation,
    constraints: [
      {
        id: targetConstraint,
        text: targetQuestion,
        check: 'judge',
        tags: { axis },
        // A reward model gives P(the statement holds): a question whose right answer is no is not for it.
        needsPrompt: passCriteria !== 'YES' || pointer.test(targetQuestion),
      },
    ],
    cluster: id,
    language: 'en',
    tags: { axis },
    data: { targetQuestion, passCriteria },
  }
}
