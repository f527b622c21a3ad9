import { sha256 } from '../../core/hash.ts'
import { fillTemplate } from '../../data/upstream-template/fill-template.ts'
import { constraintTypes } from './constraint-types.ts'

/** How constraints of a seed that brings none are had. */
export const generationModes = ['extend', 'split'] as const
/** `extend`: the generator invents further constraints; `split`: it takes those that the instruction holds. */
export type GenerationMode = (typeof generationModes)[number]

const kinds = Object.entries(constraintTypes)
  .map(([name, meaning]) => `- ${name}: ${meaning}`)
  .join('\n')

/** Our own wording: scores and labels made with it say house-prompt. */
const templates: Readonly<Record<GenerationMode, string>> = {
  extend: `You add requirements to an instruction. The instruction itself stays as it is: do not repeat, answer or change it.

Write exactly {count} requirements for its answer. Each one must
- ask for one thing only, so that it is either met or not,
- be readable on its own, without the instruction and without the other requirements,
- be decidable from the answer alone,
- be possible together with all the others, and not be met by nearly every answer anyway.
Take different kinds for different requirements, from this list:
${kinds}

Write in the language of the instruction. Reply with one JSON object and nothing else:
{"c1": {"type": "<kind>", "text": "<requirement>"}, "c2": {...}, ... up to "c{count}"}

Instruction:
{instruction}`,
  split: `You take an instruction apart. Separate the bare task from the requirements that its answer has to meet (length, format, style, content, tone, audience and so on).

- Give the task in the words of the instruction, without the requirements.
- Give every requirement that the instruction states, in its order, each asking for one thing only and readable on its own. Invent none. At most {count}.
- Name the kind of each requirement from this list:
${kinds}

Reply with one JSON object and nothing else:
{"task": "<task>", "constraints": [{"type": "<kind>", "text": "<requirement>"}, ...]}

Instruction:
{instruction}`,
}

/** sha256 of a generator prompt, for call keys. */
export function generatorPromptHash(mode: GenerationMode): string {
  return sha256(templates[mode])
}

/** The prompt for one instruction. */
export function generatorPrompt(mode: GenerationMode, instruction: string, count: number): string {
  return fillTemplate(templates[mode], { instruction, count: String(count) }, 'named')
}
