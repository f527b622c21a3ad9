import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createLanguageDetector } from '../src/text/language-detector.ts'
import { parseLanguageProfile } from '../src/text/language-profile.ts'
import { parseLanguageTables } from '../src/text/language-tables.ts'
import { createPunkt } from '../src/text/punkt.ts'
import { parsePunktParameters } from '../src/text/punkt-parameters.ts'
import { createWordTokenizer } from '../src/text/treebank.ts'
import { countRegexpWords } from '../src/text/words.ts'

const secondsPerRow = 1
const shared = fileURLToPath(new URL('../../shared', import.meta.url))
const textsFile = join(shared, 'golden/nltk-tokenizers/tokens.jsonl')

export default {
  name: 'Sentences, words and languages of model outputs (user CPU, one core)',
  async run(): Promise<Record<string, number | string>[]> {
    if (!existsSync(textsFile)) return [{ tool: '-', note: 'skipped: no golden texts beside the checkout' }]
    const texts = readFileSync(textsFile, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { readonly source: string; readonly text: string })
      .filter(({ source }) => source === 'model')
      .map(({ text }) => text)
    const punktFile = join(shared, 'data/punkt/english.json')
    const punkt = createPunkt(parsePunktParameters(readFileSync(punktFile, 'utf8'), punktFile))
    const words = createWordTokenizer(punkt)
    const detector = openDetector(join(shared, 'data/langdetect'))
    const tools: readonly (readonly [string, (text: string) => unknown])[] = [
      ['Punkt sentences', (text) => punkt.sentences(text)],
      ['Treebank words, with sentences', words],
      ['\\w+ words, counted', countRegexpWords],
      ['language', (text) => detector.detect(text)],
    ]
    return tools.map(([tool, use]) => ({ tool, texts: texts.length, 'texts/s': Math.round(rate(texts, use)) }))
  },
}

function rate(texts: readonly string[], use: (text: string) => unknown): number {
  for (const text of texts) use(text)
  let used = 0
  let seconds = 0
  const begin = process.cpuUsage()
  while (seconds < secondsPerRow) {
    for (const text of texts) use(text)
    used += texts.length
    seconds = process.cpuUsage(begin).user / 1e6
  }
  return used / seconds
}

function openDetector(folder: string) {
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
  const profiles = readdirSync(join(folder, 'profiles'))
    .sort()
    .map((name) => parseLanguageProfile(read(`profiles/${name}`), name))
  return createLanguageDetector(profiles, parseLanguageTables(read('messages.properties'), 'messages.properties'))
}
