import { first, isFields, toId, toIndex, toText } from './_fields.ts'
import { type Judgement, readJudgement } from './judgement.ts'

/** What a record says, whichever way it spells it. */
export interface ReplayRow {
  /** Id of the item, or null. */
  readonly id: string | null
  /** Texts by which the item may be found: the prompt as the record has it, possibly also as it was sent. */
  readonly prompts: readonly string[]
  /** The conversation, where the record holds it. */
  readonly conversation: readonly Turn[] | null
  /** Recorded samples, null where the record says that there was no response; null when it has no such field. */
  readonly responses: readonly (string | null)[] | null
  /** Index of the first sample, where the record says so. */
  readonly sample: number | null
  readonly reasoning: string | null
  readonly finishReason: string | null
  readonly model: string | null
  /** Name of the post-processing that a log repeats its samples for (lm-evaluation-harness), or null. */
  readonly filter: string | null
  /** What a judge said about the response, or null. */
  readonly judgement: Judgement | null
}

export interface Turn {
  readonly role: string
  readonly content: string
}

const idKeys = ['item_id', 'question_id', 'key', 'id', 'item', 'custom_id', 'idx', 'index', 'main_id', 'doc_id']
const promptKeys = ['prompt', 'prompt_new', 'instruction', 'question', 'query', 'input']
const conversationKeys = ['messages', 'conversation', 'prompt', 'input']
const responseKeys = [
  'response',
  'responses',
  'output',
  'outputs',
  'generated',
  'answer',
  'completion',
  'generation',
  'generated_text',
  'model_output',
  'resps',
  'filtered_resps',
  'text',
  'choices',
]

/** Reads a record; keys count in lower and in upper case. Null for anything but an object. */
export function readRow(value: unknown): ReplayRow | null {
  if (!isFields(value)) return null
  // lm-evaluation-harness puts the data record under `doc`: its own id and prompt say more than the running number.
  const doc = isFields(value.doc) ? value.doc : null
  const conversation = first(value, conversationKeys, toTurns) ?? (doc && first(doc, conversationKeys, toTurns))
  const prompts = [
    first(value, promptKeys, toText),
    doc && first(doc, promptKeys, toText),
    sentPrompt(value.arguments),
  ].filter((prompt) => prompt !== null)
  return {
    id: (doc && first(doc, idKeys, toId)) ?? first(value, idKeys, toId),
    prompts,
    conversation,
    responses: first(value, responseKeys, responsesOf),
    sample: first(value, ['sample'], toIndex),
    reasoning: first(value, ['reasoning_content', 'reasoning', 'thinking'], toText),
    finishReason: first(value, ['finish_reason', 'stop_reason'], toText) ?? reasonOfChoice(value.choices),
    model: first(value, ['model', 'model_name', 'infer_model'], toText),
    filter: toText(value.filter),
    judgement: readJudgement(value),
  }
}

function toTurns(value: unknown): readonly Turn[] | null {
  if (!Array.isArray(value) || value.length === 0) return null
  const turns: Turn[] = []
  for (const turn of value as readonly unknown[]) {
    if (!isFields(turn) || typeof turn.role !== 'string' || typeof turn.content !== 'string') return null
    turns.push({ role: turn.role, content: turn.content })
  }
  return turns
}

/** `{gen_args_0: {arg_0: prompt}}`, or `[[prompt, settings]]` in older logs. */
function sentPrompt(value: unknown): string | null {
  if (isFields(value) && isFields(value.gen_args_0)) return toText(value.gen_args_0.arg_0)
  if (Array.isArray(value) && Array.isArray(value[0])) return toText(value[0][0])
  return isFields(value) ? toText(value.arg_0) : null
}

/** One text, or lists of texts at any depth: all are samples of the same item. Null for anything else. */
function responsesOf(value: unknown): readonly (string | null)[] | null {
  if (typeof value === 'string' || value === null) return [value]
  if (Array.isArray(value)) return value.flatMap((part) => responsesOf(part) ?? [])
  if (!isFields(value)) return null
  // A choice of a chat completion; without content it says that there was no answer.
  if (isFields(value.message)) return [toText(value.message.content)]
  const text = toText(value.content) ?? toText(value.text)
  return text === null ? null : [text]
}

/** Finish reason of a chat completion with a single choice. */
function reasonOfChoice(choices: unknown): string | null {
  if (!Array.isArray(choices) || choices.length !== 1) return null
  return isFields(choices[0]) ? toText(choices[0].finish_reason) : null
}
