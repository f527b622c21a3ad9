import * as z from 'zod'
import { strip } from '../../text/strip.ts'
import { isBlank } from '../../text/white-space.ts'
import { type Check, defineInstruction } from './definition.ts'
import { counted } from './outcome.ts'

/** `combination:two_responses`: two different answers with six asterisks between them. */
export const twoResponses = defineInstruction({
  id: 'combination:two_responses',
  parameters: z.object({}),
  describe: () => 'There are two different responses with six asterisks (******) between them.',
  official: () => ({
    expected: 'two different responses',
    check: ({ text }) => {
      const pieces = text.split('******')
      const isBlankInside = pieces.some((piece, index) => index > 0 && index < pieces.length - 1 && isBlank(piece))
      if (isBlankInside) return { pass: false, found: 'a blank response between separators' }
      return judge(pieces)
    },
  }),
  fixed: () => ({
    expected: 'two different responses',
    check: ({ text }) => judge(text.split(/\*{6,}/)),
  }),
  repairs: [
    {
      name: 'six-asterisks',
      description:
        'Official: any six asterisks separate, so that seven leave one on the second response and twelve leave a blank ' +
        'one that fails. Fixed: a run of six or more is one separator; blank pieces are left out.',
    },
  ],
})

function judge(pieces: readonly string[]): ReturnType<Check> {
  const responses = pieces.filter((piece) => !isBlank(piece)).map((piece) => strip(piece))
  const areEqual = responses.length === 2 && responses[0] === responses[1]
  return {
    pass: responses.length === 2 && !areEqual,
    found: areEqual ? 'two equal responses' : counted(responses.length, 'response'),
  }
}
