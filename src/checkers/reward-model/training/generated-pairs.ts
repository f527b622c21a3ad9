import { DataError } from '../../../core/errors.ts'
import { deriveSeed, mulberry32 } from '../../../core/random.ts'
import { instructionDefinitions } from '../../instructions/registry.ts'
import { type LanguageTools, TextView } from '../../instructions/text-view.ts'
import { editFor } from './edit-response.ts'
import { drawableInstructions, drawKwargs, plainInstructions } from './generated-kwargs.ts'
import type { LabelledPair } from './labelled-pair.ts'
import { wordInstruction } from './word-instruction.ts'

/** A real response with the cluster that keeps it on one side of the split. */
export interface PoolResponse {
  readonly text: string
  readonly cluster: string
}

/**
 * Pairs of real responses with drawn instructions, labelled by the official rules. Every response gets `perResponse`
 * instructions with parameters near what the response has, worded in English or Chinese.
 */
export function generatePairs(
  pool: readonly PoolResponse[],
  perResponse: number,
  tools: LanguageTools,
  seed: number,
): LabelledPair[] {
  const random = mulberry32(deriveSeed('generated-pairs', seed))
  const parametric = drawableInstructions.filter((id) => !plainInstructions.has(id))
  const plain = [...plainInstructions]
  const pairs: LabelledPair[] = []
  pool.forEach(({ text, cluster }, index) => {
    const stranger = pool[Math.floor(random() * pool.length)]!.text
    for (let turn = 0; turn < perResponse; turn += 1) {
      const ids = random() < 0.7 ? parametric : plain
      const id = ids[Math.floor(random() * ids.length)]!
      const view = new TextView(editFor(id, text, random), tools)
      const kwargs = drawKwargs(id, view, stranger, random)
      const worded = kwargs && wordInstruction(id, kwargs, random() < 0.6 ? 'en' : 'zh', random)
      if (!kwargs || !worded) continue
      const label = verdictOf(id, kwargs, view)
      if (label === null) continue
      pairs.push({
        id: `generated-${index}-${turn}`,
        source: 'generated',
        response: view.text,
        constraint: worded.text,
        label,
        type: id,
        cluster,
        isRule: true,
        wording: worded.wording,
      })
    }
  })
  return pairs
}

/** Official verdict; null for parameters that the rule refuses (a keyword that is no pattern). */
function verdictOf(id: string, kwargs: Record<string, unknown>, view: TextView): 0 | 1 | null {
  try {
    return instructionDefinitions.get(id)!.compile(kwargs).judge(view, 'official').pass ? 1 : 0
  } catch (error) {
    if (DataError.is(error)) return null
    throw error
  }
}
