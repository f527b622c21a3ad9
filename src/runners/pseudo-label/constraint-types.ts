/**
 * The 25 kinds of soft constraints (second level of CFBench's taxonomy, as arXiv 2508.02150 lists them), each with a few
 * words of our own for the generator.
 */
export const constraintTypes: Readonly<Record<string, string>> = {
  'lexical content': 'words or phrases that must or must not occur',
  element: 'things, people or places that must take part',
  semantic: 'topic, message or point of view',
  'word count': 'how many words',
  'sentence count': 'how many sentences',
  'paragraph count': 'how many paragraphs',
  'document count': 'how many separate texts or versions',
  'tone and emotion': 'mood and attitude',
  'form and style': 'kind of text and manner of writing',
  'audience-specific': 'for whom it is written',
  'authorial style': 'in the manner of a writer or school',
  'fundamental format': 'lists, tables, headings, JSON and the like',
  'bespoke format': 'a layout that is made up for this task',
  'specialized format': 'the form of a trade: recipe, contract, log entry',
  pragmatic: 'purpose and effect, such as politeness or persuasion',
  syntactic: 'build of sentences',
  morphological: 'form of words: affixes, capital letters, tense',
  phonological: 'sound: rhyme, rhythm, alliteration',
  'role-based': 'who is speaking',
  'task-specific': 'a further step that belongs to this task',
  'complex context': 'a situation that must be taken into account',
  example: 'an example to be followed',
  inverse: 'something that must be left out or not happen',
  contradictory: 'two demands that pull in different directions and must both be met',
  rule: 'a rule of the form: if this, then that',
}
