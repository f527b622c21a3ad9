import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readJsonl } from '../../src/core/jsonl.ts'
import { createPunkt } from '../../src/text/punkt.ts'
import { parsePunktParameters } from '../../src/text/punkt-parameters.ts'
import { createWordTokenizer } from '../../src/text/treebank.ts'
import { regexpWords } from '../../src/text/words.ts'
import type { ConformanceSuite } from './suite.ts'

interface TokenRow {
  readonly id: string
  readonly source: string
  readonly text: string
  readonly sents: readonly string[]
  readonly words: readonly string[]
  readonly regexp_w?: readonly string[]
  readonly sents_nltk_3_10?: readonly string[]
  readonly words_nltk_3_10?: readonly string[]
}

export const suite: ConformanceSuite = {
  name: 'nltk-tokenizers',
  async run(folders, report) {
    const file = report.file(folders, 'tokens.jsonl')
    if (!file) return
    const path = join(folders.data, 'punkt/english.json')
    const parameters = parsePunktParameters(await readFile(path, 'utf8'), path)
    const older = createPunkt(parameters)
    const newer = createPunkt(parameters, '3.10')
    const olderWords = createWordTokenizer(older)
    const newerWords = createWordTokenizer(newer, '3.10')
    for await (const { value: row } of readJsonl<TokenRow>(file)) {
      const compare = (group: string, got: readonly string[], expected: readonly string[]) =>
        report.check('tokens.jsonl', group, row.id, JSON.stringify(got) === JSON.stringify(expected), () =>
          firstDifference(got, expected),
        )
      compare(`${row.source} sentences`, older.sentences(row.text), row.sents)
      compare(`${row.source} words`, olderWords(row.text), row.words)
      if (row.regexp_w) compare(`${row.source} \\w+`, regexpWords(row.text), row.regexp_w)
      compare(`${row.source} sentences (3.10)`, newer.sentences(row.text), row.sents_nltk_3_10 ?? row.sents)
      compare(`${row.source} words (3.10)`, newerWords(row.text), row.words_nltk_3_10 ?? row.words)
    }
  },
}

export default suite

function firstDifference(got: readonly string[], expected: readonly string[]): string {
  const index = expected.findIndex((piece, position) => piece !== got[position])
  const at = index < 0 ? expected.length : index
  return `piece ${at}: expected ${JSON.stringify(expected[at])}, got ${JSON.stringify(got[at])}`
}
