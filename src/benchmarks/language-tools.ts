import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LanguageTools } from '../checkers/instructions/text-view.ts'
import { DataError } from '../core/errors.ts'
import { housePunktParameters } from '../text/house-punkt.ts'
import { createLanguageDetector, type LanguageDetector } from '../text/language-detector.ts'
import { parseLanguageProfile } from '../text/language-profile.ts'
import { houseLanguageTables, parseLanguageTables } from '../text/language-tables.ts'
import { createPunkt, type Punkt } from '../text/punkt.ts'
import { parsePunktParameters } from '../text/punkt-parameters.ts'
import { createWordTokenizer } from '../text/treebank.ts'
import type { Resources } from './benchmark.ts'
import { profileNames } from './language-profiles.ts'

/** Language tools with the marks that scores made with them carry. */
export interface LoadedLanguageTools {
  readonly tools: LanguageTools
  /** `house-assets` when an installed table was missing. */
  readonly labels: readonly string[]
}

/**
 * Finds the tables of Punkt and langdetect. They are read when a check first asks for them. Without them, tables of our
 * own and the profiles of the npm package `langdetect` go through the same code, marked `house-assets`.
 * @throws DataError `missing-asset` when there are no language profiles at all
 */
export function loadLanguageTools(resources: Resources): LoadedLanguageTools {
  const punktFile = resources.asset('punkt', 'english.json')
  const messagesFile = resources.asset('langdetect', 'messages.properties')
  const installed = profileNames.map((name) => resources.asset('langdetect', `profiles/${name}.json`))
  const isComplete = messagesFile !== null && installed.every((file) => file !== null)
  const profiles = isComplete ? installed.filter((file) => file !== null) : houseProfiles()

  let punkt: Punkt | null = null
  let words: ((text: string) => readonly string[]) | null = null
  let detector: LanguageDetector | null = null
  const openPunkt = (): Punkt => {
    punkt ??= createPunkt(punktFile === null ? housePunktParameters : parsePunktParameters(read(punktFile), punktFile))
    return punkt
  }
  const openDetector = (): LanguageDetector => {
    detector ??= createLanguageDetector(
      profiles.map((file) => parseLanguageProfile(read(file), file)),
      isComplete ? parseLanguageTables(read(messagesFile), messagesFile) : houseLanguageTables(),
    )
    return detector
  }
  return {
    labels: punktFile !== null && isComplete ? [] : ['house-assets'],
    tools: {
      countSentences: (text) => openPunkt().count(text),
      words: (text) => {
        words ??= createWordTokenizer(openPunkt())
        return words(text)
      },
      detectLanguage: (text) => openDetector().detect(text),
    },
  }
}

/** Profiles beside the compiled code, else those of the installed npm package, in the order of their names. */
function houseProfiles(): string[] {
  for (const folder of houseFolders()) {
    if (!existsSync(folder)) continue
    const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
    if (names.length > 0) return names.sort().map((name) => join(folder, name))
  }
  throw new DataError('missing-asset', 'Expected language profiles (data set `langdetect`), found none', {
    hint: 'bench data pull ifeval',
  })
}

function houseFolders(): string[] {
  const folders = [fileURLToPath(new URL('../data/language-profiles/', import.meta.url))]
  try {
    folders.push(join(dirname(createRequire(import.meta.url).resolve('langdetect/package.json')), 'profiles'))
  } catch {
    // The package is an optional source; the error above names the remedy when there is none at all.
  }
  return folders
}

function read(file: string): string {
  return readFileSync(file, 'utf8')
}
