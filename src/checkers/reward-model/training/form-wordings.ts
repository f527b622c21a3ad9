import type { Wordings } from './wordings.ts'

/** Wordings of the instructions about form. */
export const formWordings: Readonly<Record<string, Wordings>> = {
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
}
