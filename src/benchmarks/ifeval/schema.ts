import * as z from 'zod'

/** Parameters of one instruction by upstream's names. */
const InstructionParameters = z.record(z.string(), z.unknown())

/**
 * One line of `input_data.jsonl`. In the Hugging Face form every object of `kwargs` has every possible key, with null
 * where it is unused: nulls are dropped. `key` is a number in IFEval and a text in data sets of the same shape.
 */
export const IfevalRecord = z
  .object({
    key: z.union([z.number().int(), z.string().min(1)]),
    prompt: z.string().min(1),
    instruction_id_list: z.array(z.string()).min(1),
    kwargs: z.array(InstructionParameters.transform(withoutNulls)),
  })
  .refine((record) => record.kwargs.length === record.instruction_id_list.length, {
    path: ['kwargs'],
    message: 'expected as many objects as there are instruction ids',
  })

export type IfevalRecord = z.infer<typeof IfevalRecord>

function withoutNulls(parameters: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== null))
}
