/**
 * Behaviour of the NLTK tokenizers by release. `3.8` covers 3.8 and 3.9 and is what published scores were made with;
 * `3.10` takes curly quotes and guillemets as closing marks, splits dashes and changes two clitic rules.
 */
export type NltkProfile = '3.8' | '3.10'
