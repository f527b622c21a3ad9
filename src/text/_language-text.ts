import type { LanguageTables } from './language-tables.ts'

const maximumLength = 10_000
const url = /https?:\/\/[-_.?&~;+=/#0-9A-Za-z]{1,2076}/g
const marks = /[\u0300\u0301\u0303\u0309\u0323]/
const beforeMark = /([\s\S])([\u0300\u0301\u0303\u0309\u0323])/g

/**
 * Prepares a text for language detection as langdetect does: URLs and e-mail addresses become blanks, Vietnamese
 * letters are composed, the first 10,000 code points are kept with single blanks, and Latin letters are removed where
 * other scripts outweigh them.
 */
export function prepareText(text: string, { vietnamese }: LanguageTables): string {
  let plain = text.includes('http') ? text.replace(url, ' ') : text
  if (plain.includes('@')) plain = removeMailAddresses(plain)
  if (marks.test(plain)) {
    plain = plain.replace(beforeMark, (pair, base: string, mark: string) => vietnamese.get(base + mark) ?? pair)
  }
  return removeLatin(collapseBlanks(plain))
}

function collapseBlanks(text: string): string {
  let kept = ''
  let start = 0
  let count = 0
  let index = 0
  let wasBlank = false
  while (index < text.length && count < maximumLength) {
    const unit = text.charCodeAt(index)
    const isBlank = unit === 0x20
    if (isBlank && wasBlank) {
      kept += text.slice(start, index)
      start = index + 1
    }
    wasBlank = isBlank
    index += unit >= 0xd800 && unit < 0xdc00 && text.codePointAt(index)! > 0xffff ? 2 : 1
    count += 1
  }
  return kept + text.slice(start, index)
}

function removeLatin(text: string): string {
  let latin = 0
  let other = 0
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    if (unit >= 65 && unit <= 122) latin += 1
    // parity: Vietnamese letters (1EA0 to 1EFF) count as other; upstream's exception for them never applies
    else if (unit >= 0x300 && !isTrailingSurrogate(text, index)) other += 1
  }
  return latin * 2 < other ? text.replace(/[A-z]/g, '') : text
}

function isTrailingSurrogate(text: string, index: number): boolean {
  return (text.charCodeAt(index) & 0xfc00) === 0xdc00 && index > 0 && (text.charCodeAt(index - 1) & 0xfc00) === 0xd800
}

const LOCAL = 1
const DOMAIN = 2
const mailClass = new Uint8Array(128)
for (const character of '-_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz') {
  mailClass[character.charCodeAt(0)] = LOCAL | DOMAIN
}
mailClass[0x2e] = LOCAL

/**
 * Replaces `[-_.0-9A-Za-z]{1,64}@[-_0-9A-Za-z]{1,255}[-_.0-9A-Za-z]{1,255}`, walking from sign to sign: the expression
 * itself tries 64 lengths at every position.
 */
function removeMailAddresses(text: string): string {
  const classOf = (index: number): number => mailClass[text.charCodeAt(index)] ?? 0
  let result = ''
  let done = 0
  for (let sign = text.indexOf('@'); sign >= 0; sign = text.indexOf('@', sign + 1)) {
    let start = sign
    while (start > done && sign - start < 64 && classOf(start - 1) !== 0) start -= 1
    const end = start < sign ? domainEnd(sign + 1, classOf) : -1
    if (end < 0) continue
    result += `${text.slice(done, start)} `
    done = end
  }
  return result + text.slice(done)
}

function domainEnd(start: number, classOf: (index: number) => number): number {
  let first = start
  while (first - start < 255 && (classOf(first) & DOMAIN) !== 0) first += 1
  let end = first
  while (end - first < 255 && classOf(end) !== 0) end += 1
  if (first === start) return -1
  return end > first || first - start >= 2 ? end : -1
}
