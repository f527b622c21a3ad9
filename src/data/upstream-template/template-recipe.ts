import type { FillStyle } from './fill-template.ts'
import type { LiteralQuery } from './python-string-literal.ts'

/** How one prompt template is read out of a pinned upstream source file, and how the result is proven. */
export interface TemplateRecipe {
  /** Name for messages: `cfbench/judge`. */
  readonly id: string
  /** Data set and file of the lock that the source is: `resources.asset(recipe.dataset, recipe.file)`. */
  readonly dataset: string
  readonly file: string
  readonly literal: LiteralQuery
  /** The literal is followed by `.strip()`: Python white space goes from both ends. */
  readonly isStripped?: boolean
  /** New names of the literal's `{...}` fields, in order; for f-strings, whose fields are Python expressions. */
  readonly fieldNames?: readonly string[]
  readonly style: FillStyle
  readonly check: TemplateCheck
}

/** Proof of a template: digest and length of its text, or of the text filled with given values. */
export interface TemplateCheck {
  /** sha256 of the UTF-8 bytes. */
  readonly sha256: string
  /** Length in code points. */
  readonly characters: number
  /** Values to fill in first. Without them the unfilled text is checked. */
  readonly filledWith?: Readonly<Record<string, string>>
}

/** A template that came out of an upstream file and was proven. */
export interface UpstreamTemplate {
  readonly id: string
  readonly text: string
  /** sha256 of `text` in UTF-8: goes into call keys and manifests. */
  readonly sha256: string
  readonly style: FillStyle
}
