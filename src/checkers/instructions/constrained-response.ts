import * as z from 'zod'
import { defineInstruction } from './definition.ts'

const options = ['My answer is yes.', 'My answer is no.', 'My answer is maybe.'] as const

/** `detectable_format:constrained_response`: one of three fixed answers. */
export const constrainedResponse = defineInstruction({
  id: 'detectable_format:constrained_response',
  parameters: z.object({}),
  describe: () => `The response gives one of these answers: ${options.map((option) => `"${option}"`).join(', ')}.`,
  official: () => ({
    expected: `one of ${options.join(' / ')}`,
    check: ({ text }) => {
      const option = options.find((one) => text.includes(one))
      return { pass: option !== undefined, found: option ?? 'none of them' }
    },
  }),
  fixed: () => ({
    expected: `exactly one of ${options.join(' / ')}`,
    check: ({ text }) => {
      const given = options.filter((one) => text.includes(one))
      return { pass: given.length === 1, found: given.join(' / ') || 'none of them' }
    },
  }),
  repairs: [
    {
      name: 'one-option',
      description: 'Official: a text that gives several of the answers passes. Fixed: exactly one of them.',
    },
  ],
})
