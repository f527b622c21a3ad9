/** Parameters that are valid for each kind of instruction. */
export const exampleParameters: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'change_case:capital_word_frequency': { capital_relation: 'at least', capital_frequency: 3 },
  'change_case:english_capital': {},
  'change_case:english_lowercase': {},
  'combination:repeat_prompt': { prompt_to_repeat: 'Describe the old mill by the river.' },
  'combination:two_responses': {},
  'detectable_content:number_placeholders': { num_placeholders: 2 },
  'detectable_content:postscript': { postscript_marker: 'P.S.' },
  'detectable_format:constrained_response': {},
  'detectable_format:json_format': {},
  'detectable_format:multiple_sections': { section_spliter: 'SECTION', num_sections: 2 },
  'detectable_format:number_bullet_lists': { num_bullets: 2 },
  'detectable_format:number_highlighted_sections': { num_highlights: 2 },
  'detectable_format:title': {},
  'keywords:existence': { keywords: ['lantern', 'harbour'] },
  'keywords:forbidden_words': { forbidden_words: ['rain', 'storm'] },
  'keywords:frequency': { keyword: 'boat', frequency: 2, relation: 'at least' },
  'keywords:letter_frequency': { letter: 'q', let_frequency: 2, let_relation: 'less than' },
  'language:response_language': { language: 'fr' },
  'length_constraints:nth_paragraph_first_word': { num_paragraphs: 2, nth_paragraph: 2, first_word: 'evening' },
  'length_constraints:number_paragraphs': { num_paragraphs: 2 },
  'length_constraints:number_sentences': { num_sentences: 3, relation: 'at least' },
  'length_constraints:number_words': { num_words: 10, relation: 'less than' },
  'punctuation:no_comma': {},
  'startend:end_checker': { end_phrase: 'That is all.' },
  'startend:quotation': {},
}

const size = 1_000_000

function repeated(piece: string): string {
  return piece.repeat(Math.ceil(size / piece.length)).slice(0, size)
}

/** Texts of one million characters that make naive patterns, scans and parsers slow. */
export const hostileTexts: readonly (readonly [string, string])[] = [
  ['blanks and a letter', `x${repeated(' ')}x`],
  ['line feeds', `x${repeated('\n')}x`],
  ['lines of blanks and stars', repeated(' \n*')],
  ['open emphasis', repeated('*a ')],
  ['open brackets on lines', repeated('[a\n')],
  ['open titles', repeated('<<\n')],
  ['full stops and blanks', `a${repeated('. ')}b`],
  ['one stop and blanks', `a.${repeated(' )')}x`],
  ['apostrophes', repeated("x'")],
  ['nested lists', repeated('[')],
  ['open string', `"${repeated('\\"')}`],
  ['signs', repeated('a@')],
  ['dotted capitals', repeated('İ')],
  ['Chinese', repeated('雨。')],
  ['postscript dots', repeated('p. p. ')],
]
