import type { GlobalPolicy } from './pickle-machine.ts'
import { ellipsis } from './pickle-value.ts'

/** Module of the classes in the COLLIE-v1 pickle. */
export const collieModule = 'collie.constraints'

const classNames = [
  'All',
  'Constraint',
  'InputLevel',
  'TargetLevel',
  'ForEach',
  'Position',
  'Count',
  'Relation',
  'Reduction',
] as const

/** Classes of the COLLIE-v1 pickle. */
export type CollieClass = (typeof classNames)[number]

/**
 * What the COLLIE-v1 pickle may name: nine classes, and the one call with which dill writes `...`. Everything else is
 * refused.
 */
export const collieGlobals: GlobalPolicy = {
  classes: new Set(classNames.map((name) => `${collieModule}.${name}`)),
  functions: new Map([
    ['dill._dill._eval_repr', (args) => (args.length === 1 && args[0] === 'Ellipsis' ? ellipsis : null)],
  ]),
}
