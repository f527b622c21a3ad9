/** What a supported Python pattern is made of. */
export type PatternNode =
  | { readonly kind: 'character'; readonly set: CharacterSet }
  | { readonly kind: 'anchor'; readonly anchor: Anchor }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly branches: readonly PatternNode[] }
  | {
      readonly kind: 'repeat'
      readonly body: PatternNode
      readonly minimum: number
      /** Infinity for no limit. */
      readonly maximum: number
      readonly isLazy: boolean
    }

/** `^`, `$`, `\A`, `\Z`, `\b`, `\B`. */
export type Anchor = 'start' | 'end' | 'absolute-end' | 'boundary' | 'not-boundary'

/** A named class of Python: `d`, `w`, `s`, their negations, and `.`. */
export type NamedClass = 'd' | 'D' | 'w' | 'W' | 's' | 'S' | '.'

/** The characters that one position of a pattern accepts. */
export interface CharacterSet {
  readonly isNegated: boolean
  /** First and last code point. */
  readonly ranges: readonly (readonly [number, number])[]
  readonly classes: readonly NamedClass[]
}

/** True when a node may match without taking a character. */
export function canBeEmpty(node: PatternNode): boolean {
  switch (node.kind) {
    case 'character':
      return false
    case 'anchor':
      return true
    case 'sequence':
      return node.parts.every(canBeEmpty)
    case 'choice':
      return node.branches.some(canBeEmpty)
    case 'repeat':
      return node.minimum === 0 || canBeEmpty(node.body)
    default: {
      const never: never = node
      throw new TypeError(`Unknown pattern node: ${JSON.stringify(never)}`)
    }
  }
}
