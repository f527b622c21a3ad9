import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { countBoldKeywords } from '../../../src/checkers/followbench/_bold-keywords.ts'
import { sentencePieces } from '../../../src/checkers/followbench/_sentence-pieces.ts'
import { parseListLiteral } from '../../../src/checkers/followbench/string-list.ts'
import { containsWord } from '../../../src/text/contains-word.ts'
import { countWords } from '../../../src/text/count-words.ts'
import { cpython, type PythonFunction } from '../../text/_cpython.ts'
import { check } from './_rules.ts'

/** Texts over an alphabet that the patterns care about. */
function texts(...units: string[]) {
  return fc.string({ unit: fc.constantFrom(...units), maxLength: 40 })
}

function same(arbitrary: fc.Arbitrary<string>, ours: (text: string) => unknown, theirs: PythonFunction): void {
  fc.assert(
    fc.property(arbitrary, (text) => {
      expect(ours(text)).toEqual(theirs(text))
    }),
    { numRuns: 3000 },
  )
}

describe('the rules against CPython', () => {
  let define: (source: string) => PythonFunction
  beforeAll(async () => {
    const python = await cpython()
    python.run('import ast')
    define = python.define
  })

  it('counts bold keywords as the regular expression does', () => {
    const units = ['**', '*', '1', '٣', '𝟙', ':', 'a', ' ', '\n', '\r', '\u2028', '😀']
    same(texts(...units), countBoldKeywords, define("lambda text: len(re.findall(r'\\*\\*\\d.+?:', text))"))
  })

  it('cuts pieces as the split of the regular expression does', () => {
    const units = ['.', '?', ' ', '\n', 'M', 'r', '中', '_', '1', '\u0085', '\ufeff', '\u0301', '😀', '\u001f', '!']
    const pattern = String.raw`r'(?<!\w\.\w.)(?<![A-Z][a-z]\.)(?<=\.|\?)\s'`
    same(texts(...units), sentencePieces, define(`lambda text: re.split(${pattern}, text)`))
  })

  it('finds the last date and the last amount as findall does', () => {
    const units = ['12', '3', '/', '٣', '𝟙', ' ', '2019', '美元', '$', '美']
    const last = (pattern: string) => define(`lambda text: (re.findall(${pattern}, text) or [None])[-1]`)
    const found = (text: string) => (text.startsWith('no ') ? null : text)
    same(
      texts(...units),
      (text) => found(check('BBH_time', text, { target: 'x' }).found),
      last("r'\\d{2}/\\d{2}/\\d{4}'"),
    )
    same(texts(...units), (text) => found(check('gsm_8k', text, { target: 'x' }).found), last("r'\\$\\d+'"))
    const zh = { target: 'x', language: 'zh' } as const
    same(texts(...units), (text) => found(check('gsm_8k', text, zh).found), last("r'\\d+美元'"))
    same(
      texts('(', ')', 'A', 'Z', 'a', '(B)', 'Ä'),
      (text) => found(check('BBH_logical', text, { target: 'x' }).found),
      last("r'\\([A-Z]\\)'"),
    )
  })

  it('counts words and finds whole words', () => {
    const units = ['bus', 'b', ' ', '\u00a0', '\u200b', '\ufeff', '\u001f', '中', '_', '\u0301', '-', '😀', '𝔸', '\n']
    same(texts(...units), countWords, define('lambda text: len(text.split())'))
    same(
      texts(...units),
      (text) => containsWord(text, 'bus'),
      define("lambda text: re.search(r'\\bbus\\b', text) is not None"),
    )
  })

  it('never reads a list literal in another way than Python', () => {
    const reference = define(`lambda text: (lambda value: [
      ['text', item] if isinstance(item, str) else ['other', None] for item in value
    ] if isinstance(value, list) else None)(ast.literal_eval(text))`)
    const units = [
      '[',
      ']',
      ',',
      ' ',
      "'",
      '"',
      "'''",
      '\\',
      'x45',
      'n',
      'r',
      'u',
      'b',
      'YES',
      'NO',
      '(',
      ')',
      '#',
      '1',
      'None',
      '\n',
      '\r',
      '\t',
    ]
    const list = texts(...units).map((inner) => `[${inner}]`)
    let read = 0
    fc.assert(
      fc.property(list, (text) => {
        const elements = parseListLiteral(text)
        if (!elements) return
        read += 1
        const ours = elements.map((element) => ('text' in element ? ['text', element.text] : ['other', null]))
        expect(ours).toEqual(reference(text))
      }),
      { numRuns: 20_000 },
    )
    expect(read).toBeGreaterThan(200)
  })
})
