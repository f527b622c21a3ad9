/** A constraint put in words, in several ways. `{x}` are slots. Wording 0 of each language is for testing only. */
export interface Wordings {
  readonly en: readonly string[]
  readonly zh: readonly string[]
}

/** Fills the slots of a wording. Literal and in one pass. */
export function fill(wording: string, values: Readonly<Record<string, string | number>>): string {
  return wording.replace(/\{(\w+)\}/g, (slot, name: string) => String(values[name] ?? slot))
}

/** Wordings of the 25 instruction types of IFEval, ours. `bound` is worded by {@link boundWordings}. */
export const instructionWordings: Readonly<Record<string, Wordings>> = {
  'change_case:capital_word_frequency': {
    en: [
      'Words written in all capital letters must occur {bound} {n} times.',
      'Use {bound} {n} words in all capital letters.',
      'There should be {bound} {n} fully capitalized words in the answer.',
      'Include {bound} {n} uppercase words.',
      'The response should have {bound} {n} words in all caps.',
    ],
    zh: ['全大写的英文单词应{bound}{n}个。', '回答中使用{bound}{n}个全部大写的单词。', '文中{bound}有{n}个大写单词。'],
  },
  'change_case:english_capital': {
    en: [
      'Every letter of the reply has to be upper-case.',
      'Write the whole answer in English and in capital letters.',
      'The response must be in all capital letters.',
      'Use only uppercase letters.',
      'Answer in English, ALL CAPS.',
    ],
    zh: ['所有英文字母都要大写。', '请用英文回答，并全部使用大写字母。', '整个回复只用大写字母书写。'],
  },
  'change_case:english_lowercase': {
    en: [
      'Not a single upper-case letter is allowed.',
      'Write the whole answer in English and in lowercase letters.',
      'The entire response should be lowercase, with no capital letters.',
      'Do not use any capital letters.',
      'Use only lower-case letters.',
    ],
    zh: ['不能出现任何大写字母。', '请用英文回答，全部使用小写字母。', '整个回复只用小写字母书写。'],
  },
  'combination:repeat_prompt': {
    en: [
      'Open with a verbatim copy of “{text}”, and only then give the answer.',
      'First repeat the request "{text}" word for word, then answer it.',
      'The response must begin by repeating "{text}" exactly.',
      'Copy the following text without change before you answer: "{text}"',
    ],
    zh: ['先一字不差地复述“{text}”，再作答。', '回答之前先原样重复“{text}”。', '开头必须逐字重复：“{text}”'],
  },
  'combination:two_responses': {
    en: [
      'Offer two distinct versions, parted by a line of six asterisks.',
      'Give two different responses, separated by 6 asterisk symbols: ******',
      'There must be exactly two answers divided by ******.',
      'Write two different answers with ****** between them.',
    ],
    zh: [
      '提供两种不同的版本，中间用六个星号隔开。',
      '给出两个不同的回答，用******分隔。',
      '写出两个回答，二者之间为 ******。',
    ],
  },
  'detectable_content:number_placeholders': {
    en: [
      'Leave at least {n} slots to fill in, written in square brackets such as [date].',
      'The response must contain at least {n} placeholders in square brackets, such as [address].',
      'Include no fewer than {n} placeholders represented by square brackets.',
      'Use at least {n} bracketed placeholders like [name].',
    ],
    zh: [
      '至少留出{n}个用方括号表示的占位符，如[日期]。',
      '回答中至少包含{n}个方括号占位符，例如[地址]。',
      '使用不少于{n}个[占位符]。',
    ],
  },
  'detectable_content:postscript': {
    en: [
      'Close with a note introduced by {text}',
      'At the end, add a postscript starting with {text}',
      'The response must have a postscript that begins with "{text}".',
      'Finish with a {text} note.',
    ],
    zh: ['末尾附上以{text}引出的一句话。', '在回答最后加上以“{text}”开头的附言。', '结尾要有一段{text}附言。'],
  },
  'detectable_format:constrained_response': {
    en: [
      'Reply with one of these three sentences: “My answer is yes.”, “My answer is no.”, “My answer is maybe.”',
      'Answer with one of the following options: "My answer is yes.", "My answer is no.", "My answer is maybe."',
      'The response must contain "My answer is yes.", "My answer is no." or "My answer is maybe."',
    ],
    zh: [
      '只能从“My answer is yes.”“My answer is no.”“My answer is maybe.”中选一句作答。',
      '用以下之一回答：“My answer is yes.”、“My answer is no.”、“My answer is maybe.”',
    ],
  },
  'detectable_format:json_format': {
    en: [
      'What you return must parse as JSON.',
      'Wrap the entire output in JSON format.',
      'The whole response should be valid JSON.',
      'Answer as a JSON object and nothing else.',
    ],
    zh: ['输出必须能作为JSON解析。', '整个回答必须是JSON格式。', '请只输出合法的JSON。'],
  },
  'detectable_format:multiple_sections': {
    en: [
      'Split the reply into {n} parts, each marked “{text} X”.',
      'The answer must have {n} sections. Mark the beginning of each section with "{text}" and its number.',
      'Structure the response in at least {n} sections named "{text} 1", "{text} 2" and so on.',
    ],
    zh: ['把回答分成{n}个部分，每部分以“{text} X”标出。', '回答要有{n}个部分，每部分开头标明“{text}”和序号。'],
  },
  'detectable_format:number_bullet_lists': {
    en: [
      'List precisely {n} items with bullets.',
      'The answer must contain exactly {n} bullet points.',
      'Use exactly {n} bullet points in markdown, such as "* item".',
      'Give {n} bullet points.',
    ],
    zh: ['用项目符号列出{n}项，不多不少。', '回答必须恰好包含{n}个要点（项目符号）。', '使用{n}个项目符号。'],
  },
  'detectable_format:number_highlighted_sections': {
    en: [
      'Emphasise {n} or more passages with asterisks, *as here*.',
      'Highlight at least {n} sections in the answer with markdown, i.e. *highlighted section*.',
      'The response should have at least {n} highlighted parts.',
      'Use markdown to highlight no fewer than {n} phrases.',
    ],
    zh: ['用星号强调{n}处或更多，*如此*。', '至少用markdown高亮{n}处内容。', '回答中至少有{n}个高亮部分。'],
  },
  'detectable_format:title': {
    en: [
      'Put a heading in double angle brackets, for instance <<ode to spring>>.',
      'The answer must contain a title, wrapped in double angular brackets, such as <<poem of joy>>.',
      'Include a title enclosed in << and >>.',
    ],
    zh: ['加一个用双尖括号括起的标题，如<<春之颂>>。', '回答必须有标题，并用<<>>括起来。'],
  },
  'keywords:existence': {
    en: [
      'None of these may be missing: {list}.',
      'Include the keywords {list} in the response.',
      'The answer should contain all of the following words: {list}.',
      'Make sure to mention {list}.',
      'The text must use the words {list}.',
    ],
    zh: [
      '{list}这些词一个也不能少。',
      '回答中必须包含关键词{list}。',
      '文中要出现{list}。',
      '请使用以下词语：{list}。',
    ],
  },
  'keywords:forbidden_words': {
    en: [
      'Stay clear of {list}.',
      'Do not include the words {list} in the response.',
      'The answer must not contain {list}.',
      'Avoid using the keywords {list}.',
      'Never mention {list}.',
    ],
    zh: ['{list}一律不许用。', '回答中不要出现{list}。', '避免使用词语{list}。', '不得包含{list}。'],
  },
  'keywords:frequency': {
    en: [
      'The count of “{text}” has to be {bound} {n}.',
      'The word "{text}" should appear {bound} {n} times.',
      'Use the keyword "{text}" {bound} {n} times.',
      'In the response, "{text}" should be mentioned {bound} {n} times.',
    ],
    zh: ['“{text}”的出现次数应{bound}{n}次。', '词语“{text}”{bound}出现{n}次。', '回答中使用“{text}”{bound}{n}次。'],
  },
  'keywords:letter_frequency': {
    en: [
      'Count the letter “{text}”: there must be {bound} {n} of it.',
      'The letter "{text}" should appear {bound} {n} times.',
      'Use the letter {text} {bound} {n} times.',
    ],
    zh: ['字母“{text}”的个数应{bound}{n}次。', '字母“{text}”{bound}出现{n}次。'],
  },
  'language:response_language': {
    en: [
      '{language} is the one language allowed.',
      'The entire response should be in {language}, no other language is allowed.',
      'Answer in {language}.',
      'Write only in {language}.',
    ],
    zh: ['除{language}外不得使用其他语言。', '请用{language}回答。', '整个回复必须使用{language}。'],
  },
  'length_constraints:nth_paragraph_first_word': {
    en: [
      'Out of {n} paragraphs, number {m} opens with the word “{text}”.',
      'There should be {n} paragraphs, separated by two line breaks. Paragraph {m} must start with the word "{text}".',
      'Write {n} paragraphs. The first word of paragraph {m} is "{text}".',
    ],
    zh: ['全文{n}段，其中第{m}段以“{text}”一词开头。', '写{n}段，第{m}段的第一个词是“{text}”。'],
  },
  'length_constraints:number_paragraphs': {
    en: [
      'Separate the {n} paragraphs that you write with the divider ***.',
      'There should be {n} paragraphs. Paragraphs are separated with the markdown divider: ***',
      'The response must have exactly {n} paragraphs with *** between them.',
    ],
    zh: ['写{n}段，段与段之间用***隔开。', '回答应有{n}个段落，用分隔符***分开。'],
  },
  'length_constraints:number_sentences': {
    en: [
      'As for sentences, write {bound} {n}.',
      'The response should contain {bound} {n} sentences.',
      'Answer in {bound} {n} sentences.',
      'Use {bound} {n} sentences.',
    ],
    zh: ['句子数量{bound}{n}句。', '回答应{bound}{n}句话。', '用{bound}{n}个句子回答。'],
  },
  'length_constraints:number_words': {
    en: [
      'Its length in words has to be {bound} {n}.',
      'Answer with {bound} {n} words.',
      'The response should have {bound} {n} words.',
      'Write {bound} {n} words.',
    ],
    zh: ['英文单词总数{bound}{n}个。', '回答应{bound}{n}个单词。', '使用{bound}{n}个词。'],
  },
  'punctuation:no_comma': {
    en: [
      'Get by with no comma at all.',
      'Refrain from the use of any commas in the response.',
      'Do not use commas.',
      'The answer must not contain commas.',
      'Avoid commas entirely.',
    ],
    zh: ['通篇不许有逗号。', '回答中不要使用逗号。', '禁止出现任何逗号。'],
  },
  'startend:end_checker': {
    en: [
      'Let “{text}” be the very last thing you write.',
      'Finish the response with this exact phrase: "{text}" No other words should follow.',
      'The answer must end with "{text}".',
      'End with the phrase "{text}".',
    ],
    zh: ['最后写下的必须是“{text}”。', '回答必须以“{text}”结尾。', '用“{text}”结束全文，其后不再有任何文字。'],
  },
  'startend:quotation': {
    en: [
      'Enclose the reply, from first to last character, in double quotes.',
      'Wrap the entire response with double quotation marks.',
      'The whole answer should be inside double quotation marks.',
    ],
    zh: ['从头到尾用双引号括起来。', '把整个回答放在双引号里。'],
  },
}

/** Bounds in words; the first of each language is for testing only. */
export const boundWordings: Readonly<Record<'at least' | 'less than', Wordings>> = {
  'at least': {
    en: ['a minimum of', 'at least', 'no fewer than', 'not less than', 'at minimum'],
    zh: ['不低于', '至少', '不少于', '最少'],
  },
  'less than': {
    en: ['under', 'less than', 'fewer than', 'below'],
    zh: ['不到', '少于', '小于', '低于'],
  },
}
