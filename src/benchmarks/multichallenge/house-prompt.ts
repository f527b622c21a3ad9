import { sha256 } from '../../core/hash.ts'
import type { UpstreamTemplate } from '../../data/upstream-template/index.ts'

const text = `You check one answer of an assistant against one yes/no question. Nothing but the answer below is known to you, and nothing else is needed.

The answer:
<ANSWER_TO_CHECK>
{}
</ANSWER_TO_CHECK>

Be strict: when the answer meets the question only in part, or leaves it open, the verdict is NO.

The question about the answer:
<QUESTION>
{}
</QUESTION>

Think it through first, then decide. Reply with one JSON object and nothing around it. Its first key, "reasoning", holds your thoughts in a few sentences; its second key, "verdict", holds "YES" or "NO".
`

/**
 * Judge prompt of this project's own wording, with the two slots of upstream's: response, then question. Scores made with
 * it are labelled `house-prompt`.
 */
export const houseTemplate: UpstreamTemplate = {
  id: 'multichallenge/house',
  text,
  sha256: sha256(text),
  style: 'positional',
}
