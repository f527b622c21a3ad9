import { describe, expect, it } from 'vitest'
import { readConstraint } from '../../../../src/checkers/reward-model/embedded/constraint-reading.ts'
import { askedLanguage, spokenLanguage } from '../../../../src/checkers/reward-model/embedded/languages.ts'
import { chineseNumber, findNumbers } from '../../../../src/checkers/reward-model/embedded/number-words.ts'

const none = Number.POSITIVE_INFINITY

describe('amounts in a constraint', () => {
  it.each([
    ['Write at least 150 words.', 'word', 150, none],
    ['Use no more than three sentences.', 'sentence', 0, 3],
    ['Fewer than 20 words, please.', 'word', 0, 19],
    ['More than 5 paragraphs are needed.', 'paragraph', 6, none],
    ['Between 100 and 200 words.', 'word', 100, 200],
    ['Exactly 4 bullet points.', 'bullet', 4, 4],
    ['At least 5 words in all capital letters.', 'capitalWord', 5, none],
    ['字数不超过200字。', 'character', 0, 200],
    ['不少于三段。', 'paragraph', 3, none],
    ['字数在100到200字之间。', 'character', 100, 200],
    ['大约500字。', 'character', 450, 550],
    ['全文五句话以内。', 'sentence', 0, 5],
    ["Have the letter 'm' show up at least 4 times.", 'times', 4, none],
    ['Write the name "o" no fewer than 9 times.', 'times', 9, none],
    ['The name "x" appears no more than zero times.', 'times', 0, 0],
    ['Highlight at least 4 sections, i.e. *like this*.', 'highlight', 4, none],
    ['Words in all capital letters must occur more than 2 times.', 'capitalWord', 3, none],
    ['要有少于3个单词全部用大写字母书写。', 'capitalWord', 0, 2],
    ['至少用星号高亮两处。', 'highlight', 2, none],
    ['文中最多只能有6个句子。', 'sentence', 0, 6],
    ['Use the word "sun" twice.', 'times', 2, 2],
    ['Use exactly 2 exclamation marks.', 'exclamation', 2, 2],
    ['Include at least one question.', 'question', 1, none],
    ['Add 3 hashtags.', 'hashtag', 3, 3],
    ['最多用两个表情。', 'emoji', 0, 2],
    ['Write one paragraph.', 'paragraph', 1, 1],
    ['写一首四句的诗。', 'sentence', 4, 4],
  ])('are read from "%s"', (text, unit, low, high) => {
    expect(readConstraint(text).claims).toMatchObject([{ unit, low, high, each: null }])
  })

  it('belong to each part where the constraint says so', () => {
    expect(readConstraint('Every sentence has at most 15 words.').claims).toEqual([
      { unit: 'word', low: 0, high: 15, each: 'sentence' },
    ])
  })

  it('are of the nearest noun', () => {
    expect(readConstraint('Use at most 100 words per paragraph.').claims).toEqual([
      { unit: 'word', low: 0, high: 100, each: 'paragraph' },
    ])
    expect(readConstraint('At least 3 words, and mention "sea".').claims).toMatchObject([{ unit: 'word', low: 3 }])
    expect(readConstraint('Give 4 short bullet points.').claims).toMatchObject([{ unit: 'bullet', low: 4, high: 4 }])
  })

  it.each(['纪要要用一级标题。', '使用2级标题。', 'Open with a level-one heading.'])('are no ranks: %s', (text) => {
    expect(readConstraint(text).claims).toEqual([])
  })

  it.each(['包含“灯笼”一词。', '每段开头用一个成语。', '以JSON输出，包含甲和乙两个字段。', 'Give the poem a title.'])(
    'are no articles, and no parts of other words: %s',
    (text) => {
      expect(readConstraint(text).claims).toEqual([])
    },
  )

  it('are not read from a quoted text', () => {
    expect(readConstraint('Include the phrase "at least 30 words".').claims).toEqual([])
  })

  it.each(['Begin paragraph 3 with "so".', 'Of the paragraphs, number 5 opens with "so".'])(
    'are not which ones: %s',
    (text) => {
      expect(readConstraint(text).claims).toEqual([])
      expect(readConstraint(text).position).toMatchObject({ unit: 'word', within: { part: 'paragraph' } })
    },
  )

  it('are not places', () => {
    expect(findNumbers('the 3rd word and the second line, 第2段').map(({ isOrdinal }) => isOrdinal)).toEqual([
      true,
      true,
      true,
    ])
  })

  it.each([
    ['三百二十', 320],
    ['一万二千', 12000],
    ['十五', 15],
    ['两千零八', 2008],
  ])('may be the Chinese numeral %s', (numeral, value) => {
    expect(chineseNumber(numeral)).toBe(value)
  })
})

describe('negation', () => {
  it.each([
    ['Do not use commas.', true],
    ['避免出现数字。', true],
    ['Stay clear of jargon.', true],
    ['Use no more than 20 words.', false],
    ['None of these may be missing: "a", "b".', false],
    ['不少于100字。', false],
    ['Write about the sea.', false],
    ['Answer with yes or no.', false],
  ])('of "%s" is %s', (text, isNegated) => {
    expect(readConstraint(text).isNegated).toBe(isNegated)
  })
})

describe('quoted texts', () => {
  it.each([
    ['Include "sea" and “salt”.', ['sea', 'salt']],
    ['包含「海」和『盐』。', ['海', '盐']],
    ["Use the words 'don't' sparingly.", ["don't"]],
    ['Keywords: sea, salt and sand.', ['sea', 'salt', 'sand']],
    ['The word ember should appear twice.', ['ember']],
    ['Words written in capitals.', []],
    ['A 100-word summary.', []],
    ["禁止使用'is'。", ['is']],
    ['Close with a note marked P.P.S', ['P.P.S']],
  ])('of %s', (text, quotes) => {
    expect(readConstraint(text).quotes).toEqual(quotes)
  })
})

describe('a quoted text', () => {
  it('of one letter blanks nothing but itself', () => {
    const { position, sequence } = readConstraint('The 4th and 8th characters are “h” and “e”.')
    expect(position).toEqual({ unit: 'character', places: [4, 8], within: null })
    expect(sequence).toEqual(['h', 'e'])
  })

  it('that is a word of the constraint, too, leaves that word alone', () => {
    expect(readConstraint('The 1st and 3rd words are “and” and “the”.').position?.places).toEqual([1, 3])
  })
})

describe('proper names', () => {
  it('are words with a capital inside a sentence', () => {
    expect(readConstraint('Write as Emily Bronte would. Keep it short, Anne.').names).toEqual([
      'emily',
      'bronte',
      'anne',
    ])
  })
})

describe('languages', () => {
  it.each([
    ['Answer in French.', 'fr'],
    ['请用英语回答。', 'en'],
    ['Answer politely.', null],
    ['Answer in Polish.', 'pl'],
    ['Please polish the text.', null],
  ])('asked in "%s"', (text, code) => {
    expect(askedLanguage(text)).toBe(code)
  })

  it.each([
    ['The boat is on the water and nobody is in it.', 'en'],
    ['Le bateau est sur la mer et nous sommes dans une ville.', 'fr'],
    ['Das Boot ist auf dem See und die Sonne scheint nicht.', 'de'],
    ['船在海上，天气很好。', 'zh'],
    ['海はとても青いです。', 'ja'],
    ['Лодка стоит у берега, мы это видели.', 'ru'],
    ['Łódź jest na morzu i nie ma w niej nikogo.', 'pl'],
    ['Човен стоїть біля берега, і ми це бачили.', 'uk'],
    ['הסירה על המים ואין בה איש.', 'he'],
    ['1 2 3', null],
  ])('spoken in "%s"', (text, code) => {
    expect(spokenLanguage(text)).toBe(code)
  })
})
