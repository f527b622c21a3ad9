const unprintable = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u

/**
 * Python's `str.isprintable()`: no code point of the categories Cc, Cf, Cs, Co, Cn, Zl, Zp, and no Zs but the plain
 * space. The empty string is printable.
 */
export function isPrintable(text: string): boolean {
  return !unprintable.test(text)
}
