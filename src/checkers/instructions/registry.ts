import { knownNamesHint } from '../../core/did-you-mean.ts'
import { DataError, type DataLocation } from '../../core/errors.ts'
import { numberBulletLists } from './bullets.ts'
import { noComma } from './commas.ts'
import { constrainedResponse } from './constrained-response.ts'
import type { Instruction, InstructionDefinition } from './definition.ts'
import { endPhrase } from './end-phrase.ts'
import { numberHighlightedSections } from './highlights.ts'
import { jsonFormat } from './json-format.ts'
import { forbiddenWords, keywordExistence, keywordFrequency } from './keywords.ts'
import { responseLanguage } from './language.ts'
import { numberSentences, numberWords } from './length.ts'
import { capitalWordFrequency, englishCapital, englishLowercase } from './letter-case.ts'
import { letterFrequency } from './letter-frequency.ts'
import { nthParagraphFirstWord, numberParagraphs } from './paragraphs.ts'
import { numberPlaceholders } from './placeholders.ts'
import { postscript } from './postscript.ts'
import { quotation } from './quotation.ts'
import { repeatPrompt } from './repeat-prompt.ts'
import { multipleSections } from './sections.ts'
import { title } from './title.ts'
import { twoResponses } from './two-responses.ts'

/** The 25 kinds of instruction of IFEval (instructions_registry.py), by id. */
export const instructionDefinitions: ReadonlyMap<string, InstructionDefinition> = new Map(
  [
    capitalWordFrequency,
    englishCapital,
    englishLowercase,
    repeatPrompt,
    twoResponses,
    numberPlaceholders,
    postscript,
    constrainedResponse,
    jsonFormat,
    multipleSections,
    numberBulletLists,
    numberHighlightedSections,
    title,
    keywordExistence,
    forbiddenWords,
    keywordFrequency,
    letterFrequency,
    responseLanguage,
    nthParagraphFirstWord,
    numberParagraphs,
    numberSentences,
    numberWords,
    noComma,
    endPhrase,
    quotation,
  ].map((definition) => [definition.id, definition]),
)

/**
 * Makes an instruction from its id and parameters.
 * @throws DataError `unknown-instruction`, `bad-parameters` or `bad-pattern`
 */
export function compileInstruction(id: string, parameters: unknown, location: DataLocation = {}): Instruction {
  const definition = instructionDefinitions.get(id)
  if (!definition) {
    throw new DataError('unknown-instruction', `Unknown instruction \`${id}\``, {
      location,
      hint: knownNamesHint(id, [...instructionDefinitions.keys()]),
    })
  }
  return definition.compile(parameters, location)
}
