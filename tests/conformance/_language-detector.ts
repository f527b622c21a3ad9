import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLanguageDetector, type LanguageDetector } from '../../src/text/language-detector.ts'
import { parseLanguageProfile } from '../../src/text/language-profile.ts'
import { parseLanguageTables } from '../../src/text/language-tables.ts'

/** A detector from a folder with `messages.properties` and `profiles/`. */
export function openLanguageDetector(folder: string): LanguageDetector {
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
  const names = readdirSync(join(folder, 'profiles')).sort()
  const profiles = names.map((name) => parseLanguageProfile(read(`profiles/${name}`), name))
  return createLanguageDetector(profiles, parseLanguageTables(read('messages.properties'), 'messages.properties'))
}
