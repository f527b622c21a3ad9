import * as z from 'zod'
import { DataError, type DataLocation } from '../../core/errors.ts'
import type { Protocol } from '../../core/verdict.ts'
import { PatternError } from '../../text/pattern-error.ts'
import type { Finding, Outcome } from './outcome.ts'
import type { TextView } from './text-view.ts'

/** Judges one text. Pure. */
export type Check = (view: TextView) => Finding

/** A known fault of the official check that the `fixed` protocol repairs. */
export interface Repair {
  /** Stable name for reports and docs: `bullet-marks`. */
  readonly name: string
  /** What the official check does and what the repaired one does. */
  readonly description: string
}

/** A check under one protocol: the same for both where nothing is repaired. */
export interface ProtocolCheck {
  readonly expected: string
  readonly check: Check
}

/** How one kind of instruction is validated, put in words and checked. */
export interface InstructionKind<Parameters> {
  /** `group:name`, as in the data. */
  readonly id: string
  readonly parameters: z.ZodType<Parameters>
  /** The requirement as a person should read it. */
  describe(parameters: Parameters): string
  /** Makes the official check. May throw PatternError. */
  official(parameters: Parameters): ProtocolCheck
  /** Makes the repaired check; left out when nothing is repaired. */
  readonly fixed?: (parameters: Parameters) => ProtocolCheck
  /** What {@link InstructionKind.fixed} repairs. */
  readonly repairs?: readonly Repair[]
  /** A remark on the verdicts of certain parameters, for their evidence. */
  readonly remark?: (parameters: Parameters) => string | undefined
}

/** An instruction with its parameters, ready to judge texts. */
export interface Instruction {
  readonly id: string
  readonly description: string
  readonly remark: string | undefined
  judge(view: TextView, protocol: Protocol): Outcome
}

/** An instruction kind whose parameters are unknown until data is loaded. */
export interface InstructionDefinition {
  readonly id: string
  readonly repairs: readonly Repair[]
  /** @throws DataError `bad-parameters` or `bad-pattern` naming the instruction, the parameter and the place */
  compile(parameters: unknown, location?: DataLocation): Instruction
}

/** Closes a kind over its parameter type. */
export function defineInstruction<Parameters>(kind: InstructionKind<Parameters>): InstructionDefinition {
  const { id, repairs = [] } = kind
  return {
    id,
    repairs,
    compile(raw, location = {}) {
      const parsed = kind.parameters.safeParse(raw)
      if (!parsed.success) {
        const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'parameters'}: ${issue.message}`)
        throw new DataError('bad-parameters', `Parameters of ${id}: ${problems.join('; ')}`, { location })
      }
      const parameters = parsed.data
      try {
        const official = kind.official(parameters)
        const fixed = kind.fixed?.(parameters) ?? official
        return {
          id,
          description: kind.describe(parameters),
          remark: kind.remark?.(parameters),
          judge(view, protocol) {
            const { check, expected } = protocol === 'official' ? official : fixed
            const { pass, found } = check(view)
            return { pass, found, expected }
          },
        }
      } catch (cause) {
        if (!(cause instanceof PatternError)) throw cause
        throw new DataError('bad-pattern', `Parameters of ${id}: ${cause.message}`, {
          location,
          hint: 'The official scorer reads this parameter as a Python regular expression; escape what is meant literally.',
          cause,
        })
      }
    },
  }
}

/** A count that must not be negative: upstream draws random numbers instead. */
export const threshold = z.number().int().min(0)
/** A text that must be there and not empty: upstream draws a random one instead. */
export const requiredText = z.string().min(1)
