import { createPunkt } from '../../text/punkt.ts'
import type { PunktParameters } from '../../text/punkt-parameters.ts'
import { treebankWords } from '../../text/treebank.ts'

/** The two NLTK tokenizers that COLLIE's levels rest on. */
export interface Tokenizers {
  /** `nltk.sent_tokenize`. */
  sentences(text: string): readonly string[]
  /** The Treebank words of one sentence: `nltk.word_tokenize` is this over {@link sentences}, concatenated. */
  sentenceWords(sentence: string): readonly string[]
}

/** The tokenizers of NLTK 3.8, with which COLLIE's published figures were made. */
export function createTokenizers(parameters: PunktParameters): Tokenizers {
  const punkt = createPunkt(parameters)
  return { sentences: (text) => punkt.sentences(text), sentenceWords: treebankWords }
}
