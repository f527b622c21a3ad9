const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/**
 * The text with every lone surrogate replaced by U+FFFD: JSON carries them, but tokenizers behind it raise. The same
 * object comes back where there is none.
 */
export function wellFormed(text: string): string {
  return text.replace(loneSurrogate, '\ufffd')
}
