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
      'Put {bound} {n} words in capitals.',
      'Capitalize every letter of {bound} {n} words.',
      '{bound} {n} words appear in ALL CAPS.',
    ],
    zh: [
      '全大写的英文单词应{bound}{n}个。',
      '回答中使用{bound}{n}个全部大写的单词。',
      '文中{bound}有{n}个大写单词。',
      '要有{bound}{n}个单词全部用大写字母书写。',
    ],
  },
  'change_case:english_capital': {
    en: [
      'Every letter of the reply has to be upper-case.',
      'Write the whole answer in English and in capital letters.',
      'The response must be in all capital letters.',
      'Use only uppercase letters.',
      'Answer in English, ALL CAPS.',
      'No lowercase letters are allowed.',
      'CAPITALIZE everything in the answer.',
    ],
    zh: [
      '所有英文字母都要大写。',
      '请用英文回答，并全部使用大写字母。',
      '整个回复只用大写字母书写。',
      '不要使用小写字母。',
    ],
  },
  'change_case:english_lowercase': {
    en: [
      'Not a single upper-case letter is allowed.',
      'Write the whole answer in English and in lowercase letters.',
      'The entire response should be lowercase, with no capital letters.',
      'Do not use any capital letters.',
      'Use only lower-case letters.',
      'Everything is to be written in small letters.',
      'Avoid uppercase letters altogether.',
    ],
    zh: [
      '不能出现任何大写字母。',
      '请用英文回答，全部使用小写字母。',
      '整个回复只用小写字母书写。',
      '禁止使用大写字母。',
    ],
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
      'Produce two versions of the answer, separated by ******.',
    ],
    zh: [
      '提供两种不同的版本，中间用六个星号隔开。',
      '给出两个不同的回答，用******分隔。',
      '写出两个回答，二者之间为 ******。',
      '提供两个答案，以******隔开。',
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
      'Add {text} at the end of the response.',
      'Include a postscript, marked {text}',
    ],
    zh: [
      '末尾附上以{text}引出的一句话。',
      '在回答最后加上以“{text}”开头的附言。',
      '结尾要有一段{text}附言。',
      '最后写一段以{text}标记的后记。',
    ],
  },
  'detectable_format:constrained_response': {
    en: [
      'Reply with one of these three sentences: “My answer is yes.”, “My answer is no.”, “My answer is maybe.”',
      'Answer with one of the following options: "My answer is yes.", "My answer is no.", "My answer is maybe."',
      'The response must contain "My answer is yes.", "My answer is no." or "My answer is maybe."',
      'The reply is one of "My answer is yes.", "My answer is no." and "My answer is maybe."',
      'Choose your answer from: My answer is yes. / My answer is no. / My answer is maybe.',
    ],
    zh: [
      '只能从“My answer is yes.”“My answer is no.”“My answer is maybe.”中选一句作答。',
      '用以下之一回答：“My answer is yes.”、“My answer is no.”、“My answer is maybe.”',
      '回答只能是“My answer is yes.”、“My answer is no.”或“My answer is maybe.”之一。',
    ],
  },
  'detectable_format:json_format': {
    en: [
      'What you return must parse as JSON.',
      'Wrap the entire output in JSON format.',
      'The whole response should be valid JSON.',
      'Answer as a JSON object and nothing else.',
      'Produce JSON output only.',
      'Your reply should be a JSON object.',
    ],
    zh: ['输出必须能作为JSON解析。', '整个回答必须是JSON格式。', '请只输出合法的JSON。', '用JSON格式回复。'],
  },
  'detectable_format:multiple_sections': {
    en: [
      'Split the reply into {n} parts, each marked “{text} X”.',
      'The answer must have {n} sections. Mark the beginning of each section with "{text}" and its number.',
      'Structure the response in at least {n} sections named "{text} 1", "{text} 2" and so on.',
      'Divide the text into {n} sections headed "{text} 1", "{text} 2", and so forth.',
      'There are {n} sections, each starting with {text} and a number.',
    ],
    zh: [
      '把回答分成{n}个部分，每部分以“{text} X”标出。',
      '回答要有{n}个部分，每部分开头标明“{text}”和序号。',
      '全文分为{n}节，每节以“{text}”加数字开头。',
    ],
  },
  'detectable_format:number_bullet_lists': {
    en: [
      'List precisely {n} items with bullets.',
      'The answer must contain exactly {n} bullet points.',
      'Use exactly {n} bullet points in markdown, such as "* item".',
      'Give {n} bullet points.',
      'Present the answer as {n} bullet points.',
      'Your answer has exactly {n} bullets, no more and no less.',
    ],
    zh: [
      '用项目符号列出{n}项，不多不少。',
      '回答必须恰好包含{n}个要点（项目符号）。',
      '使用{n}个项目符号。',
      '以{n}个要点的形式回答（使用项目符号）。',
    ],
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
      'Start with a title in double angle brackets, <<like this>>.',
      'Give the text a title such as <<title>>.',
    ],
    zh: [
      '加一个用双尖括号括起的标题，如<<春之颂>>。',
      '回答必须有标题，并用<<>>括起来。',
      '为回答加上标题，格式为<<标题>>。',
    ],
  },
  'keywords:existence': {
    en: [
      'None of these may be missing: {list}.',
      'Include the keywords {list} in the response.',
      'The answer should contain all of the following words: {list}.',
      'Make sure to mention {list}.',
      'The text must use the words {list}.',
      'Work {list} into the text.',
      '{list} must appear in the answer.',
      'Do not forget to use {list}.',
      'Mention each of {list} at least once.',
      'Be sure that {list} is present.',
    ],
    zh: [
      '{list}这些词一个也不能少。',
      '回答中必须包含关键词{list}。',
      '文中要出现{list}。',
      '请使用以下词语：{list}。',
      '把{list}写进回答里。',
      '别忘了提到{list}。',
      '{list}必须出现在回答中。',
    ],
  },
  'keywords:forbidden_words': {
    en: [
      'Stay clear of {list}.',
      'Do not include the words {list} in the response.',
      'The answer must not contain {list}.',
      'Avoid using the keywords {list}.',
      'Never mention {list}.',
      '{list} must not appear anywhere.',
      'Leave out {list}.',
      'Write without using {list}.',
      'The use of {list} is forbidden.',
      'Refrain from mentioning {list}.',
    ],
    zh: [
      '{list}一律不许用。',
      '回答中不要出现{list}。',
      '避免使用词语{list}。',
      '不得包含{list}。',
      '禁止使用{list}。',
      '{list}不能出现在回答中。',
      '请勿提及{list}。',
    ],
  },
  'keywords:frequency': {
    en: [
      'The count of “{text}” has to be {bound} {n}.',
      'The word "{text}" should appear {bound} {n} times.',
      'Use the keyword "{text}" {bound} {n} times.',
      'In the response, "{text}" should be mentioned {bound} {n} times.',
      'Let the word "{text}" occur {bound} {n} times.',
      'Mention "{text}" {bound} {n} times in the answer.',
    ],
    zh: [
      '“{text}”的出现次数应{bound}{n}次。',
      '词语“{text}”{bound}出现{n}次。',
      '回答中使用“{text}”{bound}{n}次。',
      '“{text}”要提到{bound}{n}次。',
    ],
  },
  'keywords:letter_frequency': {
    en: [
      'Count the letter “{text}”: there must be {bound} {n} of it.',
      'The letter "{text}" should appear {bound} {n} times.',
      'Use the letter {text} {bound} {n} times.',
      'The letter {text} occurs {bound} {n} times in the text.',
      "Have the letter '{text}' show up {bound} {n} times.",
    ],
    zh: ['字母“{text}”的个数应{bound}{n}次。', '字母“{text}”{bound}出现{n}次。', '文中字母{text}{bound}要有{n}个。'],
  },
  'language:response_language': {
    en: [
      '{language} is the one language allowed.',
      'The entire response should be in {language}, no other language is allowed.',
      'Answer in {language}.',
      'Write only in {language}.',
      'The reply has to be in {language}.',
      'Use {language} only.',
      'Respond entirely in {language}.',
    ],
    zh: [
      '除{language}外不得使用其他语言。',
      '请用{language}回答。',
      '整个回复必须使用{language}。',
      '只能使用{language}作答。',
      '用{language}写。',
    ],
  },
  'length_constraints:nth_paragraph_first_word': {
    en: [
      'Out of {n} paragraphs, number {m} opens with the word “{text}”.',
      'There should be {n} paragraphs, separated by two line breaks. Paragraph {m} must start with the word "{text}".',
      'Write {n} paragraphs. The first word of paragraph {m} is "{text}".',
      'Give {n} paragraphs in total and begin paragraph {m} with "{text}".',
      'The answer has {n} paragraphs, and the {m}th paragraph starts with the word {text}.',
    ],
    zh: [
      '全文{n}段，其中第{m}段以“{text}”一词开头。',
      '写{n}段，第{m}段的第一个词是“{text}”。',
      '共{n}个段落，第{m}个段落的首词为“{text}”。',
    ],
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
      'Keep it to {bound} {n} sentences.',
      'Your reply consists of {bound} {n} sentences.',
      'The number of sentences is {bound} {n}.',
    ],
    zh: [
      '句子数量{bound}{n}句。',
      '回答应{bound}{n}句话。',
      '用{bound}{n}个句子回答。',
      '全文{bound}{n}句。',
      '句子总数{bound}{n}句。',
    ],
  },
  'length_constraints:number_words': {
    en: [
      'Its length in words has to be {bound} {n}.',
      'Answer with {bound} {n} words.',
      'The response should have {bound} {n} words.',
      'Write {bound} {n} words.',
      'Keep the answer {bound} {n} words long.',
      'The word count is {bound} {n}.',
      'Limit: {bound} {n} words.',
    ],
    zh: [
      '英文单词总数{bound}{n}个。',
      '回答应{bound}{n}个单词。',
      '使用{bound}{n}个词。',
      '全文单词数{bound}{n}个。',
      '英文词数{bound}{n}。',
    ],
  },
  'punctuation:no_comma': {
    en: [
      'Get by with no comma at all.',
      'Refrain from the use of any commas in the response.',
      'Do not use commas.',
      'The answer must not contain commas.',
      'Avoid commas entirely.',
      'Commas are forbidden.',
      'Write without commas.',
    ],
    zh: ['通篇不许有逗号。', '回答中不要使用逗号。', '禁止出现任何逗号。', '不得使用逗号。'],
  },
  'startend:end_checker': {
    en: [
      'Let “{text}” be the very last thing you write.',
      'Finish the response with this exact phrase: "{text}" No other words should follow.',
      'The answer must end with "{text}".',
      'End with the phrase "{text}".',
      'The last words of the answer are "{text}".',
      'Conclude with "{text}" and write nothing after it.',
    ],
    zh: [
      '最后写下的必须是“{text}”。',
      '回答必须以“{text}”结尾。',
      '用“{text}”结束全文，其后不再有任何文字。',
      '结尾必须是“{text}”。',
    ],
  },
  'startend:quotation': {
    en: [
      'Enclose the reply, from first to last character, in double quotes.',
      'Wrap the entire response with double quotation marks.',
      'The whole answer should be inside double quotation marks.',
      'Put the answer in double quotation marks.',
      'Begin and end the response with a double quotation mark.',
    ],
    zh: ['从头到尾用双引号括起来。', '把整个回答放在双引号里。', '回答的开头和结尾都要有双引号。'],
  },
}

/** A bound in words and what it adds to the number behind it: `fewer than 5` is `at most 4`. */
export interface BoundWording {
  readonly text: string
  readonly shift: number
}

const bounds = (shift: number, texts: string): BoundWording[] => texts.split('|').map((text) => ({ text, shift }))

/** Bounds in words; the first of each language is for testing only. */
export const boundWordings: Readonly<
  Record<'at least' | 'less than', { readonly en: readonly BoundWording[]; readonly zh: readonly BoundWording[] }>
> = {
  'at least': {
    en: [...bounds(0, 'a minimum of|at least|no fewer than|not less than|at minimum'), ...bounds(-1, 'more than|over')],
    zh: [...bounds(0, '不低于|至少|不少于|最少'), ...bounds(-1, '超过|多于')],
  },
  'less than': {
    en: [
      ...bounds(0, 'under|less than|fewer than|below'),
      ...bounds(-1, 'at most|no more than|a maximum of|not more than|up to'),
    ],
    zh: [...bounds(0, '不到|少于|小于|低于'), ...bounds(-1, '至多|最多|不超过|不多于')],
  },
}

/** What a constraint may be introduced with. */
export const carriers: Wordings = {
  en: [
    'Please note: ',
    'Constraint: ',
    'In your response, keep to this: ',
    'The following must hold. ',
    'You must do this: ',
  ],
  zh: ['请注意：', '要求：', '你的回答需满足：', '约束条件：'],
}
