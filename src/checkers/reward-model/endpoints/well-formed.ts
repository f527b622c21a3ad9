const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** False for a text with lone surrogates. */
export function isWellFormed(text: string): boolean {
  return text.search(loneSurrogate) === -1
}

/**
 * The text with every lone surrogate replaced by U+FFFD: JSON carries them, but tokenizers behind it raise. The same
 * object comes back where there is none.
 */
export function wellFormed(text: string): string {
  return text.replace(loneSurrogate, '\ufffd')
}
