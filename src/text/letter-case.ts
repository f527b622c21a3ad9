const upper = /\p{Uppercase}/u
const lower = /\p{Lowercase}/u
const lowerOrTitle = /[\p{Lowercase}\p{Lt}]/u
const upperOrTitle = /[\p{Uppercase}\p{Lt}]/u
const asciiUpper = /[A-Z]/
const asciiLower = /[a-z]/

/**
 * Python's `str.isupper()`: at least one code point with the property Uppercase, none with Lowercase and no title-case
 * letter. Digits, punctuation and letters without case do not matter; a text without cased letters is not upper case.
 */
export function isUpper(text: string): boolean {
  return !asciiLower.test(text) && upper.test(text) && !lowerOrTitle.test(text)
}

/** Python's `str.islower()`: the mirror of {@link isUpper}. `ª`, `ʰ` and `ⅷ` are lower case; `ǅ` is neither. */
export function isLower(text: string): boolean {
  return !asciiUpper.test(text) && lower.test(text) && !upperOrTitle.test(text)
}
