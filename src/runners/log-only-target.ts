import type { CallTarget } from './call-target.ts'

/**
 * An endpoint that is not there any more: its calls are answered from the log alone. For scoring a run again without
 * generating anything.
 */
export function logOnlyTarget(id: string, dependsOnMeta: boolean): CallTarget {
  return {
    id,
    name: id,
    dependsOnMeta,
    reserve: async () => 0,
    settle: () => undefined,
    pay: () => undefined,
    cost: () => 0,
    send: async () => ({
      kind: 'failure',
      tries: 0,
      failure: { kind: 'aborted', message: 'the response is not in the call log: finish the run first' },
    }),
  }
}
