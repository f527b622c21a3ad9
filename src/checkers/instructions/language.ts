import * as z from 'zod'
import { defineInstruction } from './definition.ts'

/** Languages that upstream names; langdetect's own codes for Chinese (zh-cn, zh-tw) are not among them. */
export const languages = {
  en: 'English',
  es: 'Spanish',
  pt: 'Portuguese',
  ar: 'Arabic',
  hi: 'Hindi',
  fr: 'French',
  ru: 'Russian',
  de: 'German',
  ja: 'Japanese',
  it: 'Italian',
  bn: 'Bengali',
  uk: 'Ukrainian',
  th: 'Thai',
  ur: 'Urdu',
  ta: 'Tamil',
  te: 'Telugu',
  bg: 'Bulgarian',
  ko: 'Korean',
  pl: 'Polish',
  he: 'Hebrew',
  fa: 'Persian',
  vi: 'Vietnamese',
  ne: 'Nepali',
  sw: 'Swahili',
  kn: 'Kannada',
  mr: 'Marathi',
  gu: 'Gujarati',
  pa: 'Punjabi',
  ml: 'Malayalam',
  fi: 'Finnish',
} as const

export type LanguageCode = keyof typeof languages

/** Repair shared by the checks that detect a language. */
export const undetectedFails = {
  name: 'undetected-language',
  description:
    'Official: a text in which no language can be detected (only digits, signs, symbols) is followed. Fixed: it is not.',
}

/** `language:response_language`: the detected language is the asked one. */
export const responseLanguage = defineInstruction({
  id: 'language:response_language',
  parameters: z.object({ language: z.enum(Object.keys(languages) as [LanguageCode, ...LanguageCode[]]) }),
  describe: ({ language }) => `The whole response is in ${languages[language]}.`,
  official: ({ language }) => inLanguage(language, true),
  fixed: ({ language }) => inLanguage(language, false),
  repairs: [undetectedFails],
})

function inLanguage(language: LanguageCode, undetectedPasses: boolean) {
  return {
    expected: `language ${language}`,
    check: ({ language: detected }: { readonly language: string | null }) =>
      // parity: langdetect's exception for a text without features counts as followed
      detected === null
        ? { pass: undetectedPasses, found: 'no language could be detected' }
        : { pass: detected === language, found: `language ${detected}` },
  }
}
