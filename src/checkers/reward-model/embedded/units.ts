/** What a constraint may count in a response. */
export const units = [
  'word',
  'sentence',
  'character',
  'paragraph',
  'line',
  'bullet',
  'section',
  'placeholder',
  'highlight',
  'capitalWord',
  'exclamation',
  'question',
  'hashtag',
  'emoji',
  'times',
] as const
export type Unit = (typeof units)[number]

/** Parts of a response that a constraint may speak about one by one (`every sentence`). */
export const parts = ['sentence', 'paragraph', 'line', 'bullet', 'word'] as const
export type Part = (typeof parts)[number]

/**
 * How a unit is called behind a number. The nearest noun decides, but for special ones, which come first. Patterns are anchored and have no nested repetition.
 */
export const unitPatterns: readonly (readonly [Unit, RegExp])[] = [
  [
    'capitalWord',
    /^[\s\S]{0,40}?(?:capitali[sz]ed words?|all[- ]caps|(?:words? )?(?:written )?in (?:all )?(?:capital|upper)|uppercase words?|capital words?)/i,
  ],
  ['capitalWord', /^\s?(?:个|处)?(?:全部?)?(?:由)?大写(?:字母)?(?:组成)?的?(?:英文)?(?:单词|词)/],
  [
    'highlight',
    /^\s?(?:[a-z]+ ){0,3}?(?:highlight|italici[sz]ed|emphasi[sz]ed|bold(?:ed)? (?:part|passage|section|word|phrase))/i,
  ],
  ['highlight', /^\s?(?:个|处|段)?(?:用[^，。]{0,8})?(?:高亮|加粗|斜体|强调|突出)/],
  ['placeholder', /^\s?(?:[a-z]+ ){0,3}?(?:placeholders?|slots? to fill|bracketed)/i],
  ['placeholder', /^\s?(?:个|处)?(?:用[^，。]{0,8})?占位符/],
  ['exclamation', /^\s?(?:exclamation (?:marks?|points?)|exclamations\b)/i],
  ['exclamation', /^\s?个?(?:感)?叹号/],
  ['question', /^\s?(?:[a-z]+ )?(?:question marks?|questions?\b)/i],
  ['question', /^\s?个?(?:问号|问句|提问)/],
  ['hashtag', /^\s?(?:[a-z]+ )?hashtags?\b/i],
  ['hashtag', /^\s?个?话题标签/],
  ['emoji', /^\s?(?:[a-z]+ )?(?:emojis?|emoticons?)\b/i],
  ['emoji', /^\s?个?(?:表情|emoji)/i],
  ['bullet', /^\s?(?:[a-z]+ ){0,3}?(?:bullets?\b|bullet[- ]points?|list items?|items?\b|entries)/i],
  ['bullet', /^\s?(?:个|条|项)?(?:无序)?(?:要点|项目符号|列表项|条目|列表)|^\s?(?:条|项|点)(?!钟)/],
  ['section', /^\s?(?:[a-z]+ ){0,3}?(?:sections?|chapters?|headings?|parts?\b)/i],
  ['section', /^\s?个?(?:部分|章节|小节|板块|标题)/],
  ['times', /^\s?(?:[a-z]+ ){0,2}?(?:times?\b|occurrences?|instances?|mentions?|repetitions?)/i],
  ['times', /^\s?(?:次|遍|回)/],
  ['paragraph', /^\s?(?:[a-z]+ ){0,3}?(?:paragraphs?|stanzas?)/i],
  ['paragraph', /^\s?(?:个)?(?:自然)?段(?:落|话)?(?!时)/],
  ['sentence', /^\s?(?:[a-z]+ ){0,2}?sentences?/i],
  ['sentence', /^\s?(?:个)?(?:完整的?)?句(?:话|子)?/],
  ['line', /^\s?(?:[a-z]+ ){0,2}?(?:lines?\b|verses?\b|rows?\b)/i],
  ['line', /^\s?行/],
  ['character', /^\s?(?:[a-z]+ ){0,2}?(?:characters?|letters?\b|chars?\b)/i],
  ['character', /^\s?个?(?:汉字|中文字|字符|字母|字(?![母段眼样体典]))/],
  ['word', /^[\s-]?(?:[a-z]+ ){0,2}?(?:words?\b|terms?\b|tokens?\b)/i],
  ['word', /^\s?个?(?:英文)?(?:单词|词语|词)/],
]

/** How a unit is called in front of a number: `number of words: 30`, `字数不超过100`. */
export const unitBefore: readonly (readonly [Unit, RegExp])[] = [
  ['word', /(?:word (?:count|limit|length)|number of words)[^.]{0,30}$/i],
  ['character', /(?:字数|字符数|长度|篇幅|character (?:count|limit)|number of characters)[^。]{0,14}$/i],
  ['sentence', /(?:number of sentences|sentence count|句数|句子(?:的)?数量?)[^.。]{0,24}$/i],
  ['paragraph', /(?:number of paragraphs|paragraph count|段落数量?)[^.。]{0,24}$/i],
  ['times', /(?:frequency|appears?|occurs?|mentioned|出现|使用|提到|包含|次数)[^.。]{0,24}$/i],
]

/** How a part is called when each of them is meant. */
export const everyPart: readonly (readonly [Part, RegExp])[] = [
  ['sentence', /\b(?:each|every|all|per)(?: of the)? sentences?\b|每(?:个|一)?(?:个)?句|所有句子|各句/i],
  ['paragraph', /\b(?:each|every|all|per)(?: of the)? paragraphs?\b|每(?:个|一)?(?:个)?(?:自然)?段|所有段落|各段/i],
  ['line', /\b(?:each|every|all|per)(?: of the)? (?:lines?|verses?)\b|每(?:一)?行|所有行/i],
  ['bullet', /\b(?:each|every|all|per)(?: of the)? (?:bullets?|points?|items?)\b|每(?:个|一)?(?:条|点|项|要点)/i],
  ['word', /\b(?:each|every|all)(?: of the)? words?\b|每个(?:单)?词|所有单词/i],
]

/** How units are named anywhere in a constraint, special ones first. */
export const unitNames: readonly (readonly [Unit, RegExp])[] = [
  [
    'capitalWord',
    /\b(?:capital|upper-?case|all[- ]caps)\b[^.]{0,30}\bwords?\b|\bwords?\b[^.]{0,40}\b(?:capital|caps|upper-?case)|大写[^。]{0,8}词/i,
  ],
  ['placeholder', /\bplaceholder|square brackets|占位符|方括号/i],
  ['highlight', /\bhighlight|\bitalic|\bemphasi[sz]e|高亮|斜体|强调/i],
  ['bullet', /\bbullet|项目符号|要点/i],
  ['section', /\bsections?\b|部分/i],
  ['paragraph', /\bparagraphs?\b|(?<!字)段(?!时)/i],
  ['sentence', /\bsentences?\b|句/i],
  ['line', /\blines?\b|行数/i],
  ['character', /\bcharacters?\b|字符|字数|篇幅/i],
  ['word', /\bwords?\b|单词|词/i],
]
