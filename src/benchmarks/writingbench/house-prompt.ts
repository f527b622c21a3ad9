import { sha256 } from '../../core/hash.ts'
import type { UpstreamTemplate } from '../../data/upstream-template/index.ts'

/** System message of this project's own wording. */
export const houseSystem =
  'You grade one piece of writing on one criterion at a time. You are hard to please and never kinder than the text deserves.'

const text = `Grade a piece of writing that somebody produced for a request. Only one criterion counts here, however good or bad the rest is.

The criterion is a dictionary: its name, the question that it asks, and a description of what earns which band of points.
<CRITERION>
{criterion}
</CRITERION>

The request:
<REQUEST>
{query}
</REQUEST>

The piece of writing to grade:
<WRITING>
{response}
</WRITING>

Once more, the criterion:
<CRITERION_AGAIN>
{criterion}
</CRITERION_AGAIN>

How to grade:
- Start from the lowest band and move up only for what the writing really shows. The top band is for work that a demanding editor would print unchanged.
- Length, headings and polish earn nothing by themselves.
- Facts, quotations or sources that were made up count against the writing, and so does everything that the request asked for and the writing leaves out.
- A plan, an outline or a beginning in place of the finished piece belongs in the lowest band.

Write your grade as one JSON object with the keys "score" (a whole number from 1 to 10) and "reason" (one or two sentences that point at the writing), in this form:
{{"score": 4, "reason": "..."}}
Write nothing before or after the object, keep the reason on one line, and escape double quotes inside it.`

/**
 * Judge prompt of this project's own wording, with the slots and the reply format of upstream's. Scores made with it are
 * labelled `house-prompt`.
 */
export const housePrompt: UpstreamTemplate = { id: 'writingbench/house', text, sha256: sha256(text), style: 'format' }
