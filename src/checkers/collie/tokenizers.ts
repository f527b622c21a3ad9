/** The two NLTK tokenizers that COLLIE's levels rest on (NLTK 3.8, English Punkt parameters). */
export interface Tokenizers {
  /** `nltk.sent_tokenize`. */
  sentences(text: string): readonly string[]
  /** The Treebank words of one sentence: `nltk.word_tokenize` is this over {@link sentences}, concatenated. */
  sentenceWords(sentence: string): readonly string[]
}
