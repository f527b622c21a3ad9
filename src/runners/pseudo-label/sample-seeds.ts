import { checkSeed, type Seed } from './seed.ts'

const records: readonly unknown[] = [
  {
    id: 'sample-ferry',
    instruction: 'Write an announcement for the passengers of an island ferry that leaves forty minutes late.',
    constraints: [
      { text: 'Keep a calm and friendly tone throughout.', type: 'tone and emotion' },
      { text: 'Do not use any commas.', type: 'syntactic', rule: { id: 'punctuation:no_comma', kwargs: {} } },
      { text: 'Speak as the captain, in the first person.', type: 'role-based' },
      {
        text: 'Use fewer than 60 words.',
        type: 'word count',
        rule: { id: 'length_constraints:number_words', kwargs: { relation: 'less than', num_words: 60 } },
      },
      { text: 'End with a small joke about seagulls.', type: 'element' },
    ],
  },
  {
    id: 'sample-bread',
    instruction: 'Explain why bread dough rises.',
    constraints: [
      { text: 'Write for children of about eight years.', type: 'audience-specific' },
      {
        text: 'Use exactly 3 bullet points, each starting with an asterisk.',
        type: 'fundamental format',
        rule: { id: 'detectable_format:number_bullet_lists', kwargs: { num_bullets: 3 } },
      },
      { text: 'Compare the yeast to something that the children know from a playground.', type: 'semantic' },
      {
        text: 'Mention the word "bubble" at least twice.',
        type: 'lexical content',
        rule: { id: 'keywords:frequency', kwargs: { keyword: 'bubble', frequency: 2, relation: 'at least' } },
      },
      { text: 'Ask the reader one question.', type: 'pragmatic' },
    ],
  },
  {
    id: 'sample-allotment',
    instruction: 'Advise a neighbour who has taken over a neglected allotment in March.',
    constraints: [
      { text: 'Give the advice in the order of the months.', type: 'rule' },
      {
        text: 'Write everything in lowercase letters.',
        type: 'morphological',
        rule: { id: 'change_case:english_lowercase', kwargs: {} },
      },
      { text: 'Recommend nothing that costs money.', type: 'inverse' },
      {
        text: 'Include at least 2 placeholders in square brackets, such as [name].',
        type: 'bespoke format',
        rule: { id: 'detectable_content:number_placeholders', kwargs: { num_placeholders: 2 } },
      },
      { text: 'Let an old proverb that you make up carry the last sentence.', type: 'form and style' },
    ],
  },
  {
    id: 'sample-museum',
    instruction: 'Describe a museum that shows nothing but lost umbrellas.',
    constraints: [
      { text: 'Write it as an entry in a travel guide.', type: 'specialized format' },
      {
        text: 'Put a title in double angular brackets, such as <<title>>.',
        type: 'fundamental format',
        rule: { id: 'detectable_format:title', kwargs: {} },
      },
      { text: 'Have it rain in the first paragraph.', type: 'complex context' },
      {
        text: 'Use at least 120 words.',
        type: 'word count',
        rule: { id: 'length_constraints:number_words', kwargs: { relation: 'at least', num_words: 120 } },
      },
      { text: 'Be enthusiastic and a little doubtful at the same time.', type: 'contradictory' },
    ],
  },
  {
    id: 'sample-letter',
    instruction: 'Write a letter to a radio station that stopped broadcasting the shipping forecast.',
    constraints: [
      { text: 'Let short and long sentences alternate.', type: 'syntactic' },
      {
        text: 'Add a postscript that starts with P.S.',
        type: 'bespoke format',
        rule: { id: 'detectable_content:postscript', kwargs: { postscript_marker: 'P.S.' } },
      },
      { text: 'Name three sea areas that do not exist.', type: 'element' },
      {
        text: 'Wrap the whole letter in double quotation marks.',
        type: 'fundamental format',
        rule: { id: 'startend:quotation', kwargs: {} },
      },
      { text: 'Let the last line rhyme with the one before.', type: 'phonological' },
    ],
  },
  { id: 'sample-clock', instruction: 'Tell how a town came to have a clock that runs backwards.' },
]

/** Seeds of our own for a try without data: five with constraints, one for the generator. */
export function sampleSeeds(hasGenerator: boolean): readonly Seed[] {
  const seeds = records.map((record) => checkSeed(record, { file: 'the embedded sample' }))
  return hasGenerator ? seeds : seeds.filter(({ constraints }) => constraints !== undefined)
}
