/** A constraint put in words, in several ways. `{x}` are slots. Wording 0 of each language is for testing only. */
export interface Wordings {
  readonly en: readonly string[]
  readonly zh: readonly string[]
}

/** Fills the slots of a wording. Literal and in one pass. */
export function fill(wording: string, values: Readonly<Record<string, string | number>>): string {
  return wording.replace(/\{(\w+)\}/g, (slot, name: string) => String(values[name] ?? slot))
}
