import type { Random } from '../../../core/random.ts'
import { answerFrame } from '../../followbench/example-template.ts'
import type { RuleLanguage } from '../../followbench/rule.ts'
import type { RuleId } from '../../followbench/rules.ts'
import { parseStringList } from '../../followbench/string-list.ts'
import type { Worded } from './word-instruction.ts'
import { fill, type Wordings } from './wordings.ts'

/** Targets longer than this are no constraint that somebody would write. */
const longestTarget = 380
/** More alternatives than this are not read from a constraint. */
const mostAlternatives = 10

const equal: Wordings = {
  en: [
    'Nothing but “{text}”, to the letter.',
    'The answer is exactly “{text}”.',
    'The whole response must be “{text}” and nothing else.',
    'Output only “{text}”.',
  ],
  zh: ['一字不差，只写“{text}”。', '回答恰好是“{text}”。', '整个回答只能是“{text}”。', '只输出“{text}”。'],
}
const oneOf: Wordings = {
  en: [
    'Give one of these and not a word more: {list}.',
    'The answer is exactly one of {list}.',
    'Output only one of the following: {list}.',
  ],
  zh: ['从{list}中写一个，别的什么也不写。', '回答恰好是以下之一：{list}。', '只输出{list}中的一个。'],
}
const last = (noun: string, chinese: string): Wordings => ({
  en: [
    `When it comes to ${noun}s, “{text}” is named last.`,
    `The last ${noun} in the answer is “{text}”.`,
    `The final ${noun} that the response gives must be “{text}”.`,
  ],
  zh: [
    `说到${chinese}，最后给出的是“{text}”。`,
    `回答里最后一个${chinese}是“{text}”。`,
    `最后出现的${chinese}必须是“{text}”。`,
  ],
})

const targetWordings: Readonly<Partial<Record<RuleId, Wordings>>> = {
  E2E: equal,
  text_editing: equal,
  CONLL2003: oneOf,
  WIKIEVENTS: {
    en: [
      'No line other than these may stand there: {list}.',
      'Every line of the answer is one of {list}.',
      'Each line must be exactly one of the following: {list}.',
    ],
    zh: [],
  },
  BBH_logical: last('option in parentheses', '括号内的选项'),
  BBH_time: last('date', '日期'),
  gsm_8k: last('amount in dollars', '美元金额'),
  self_made_space: {
    en: ['“{text}” has to come up.', 'The answer names “{text}”.', 'The response must contain “{text}”.'],
    zh: ['一定要出现“{text}”。', '回答中写出“{text}”。', '回答必须包含“{text}”。'],
  },
  example_template: {
    en: [
      'One line between “{before}” and “{after}”, and nothing around it.',
      'The whole answer is one line that starts with “{before}” and ends with “{after}”.',
      'The response must begin with “{before}” and end with “{after}”, with a single line in between and nothing else.',
    ],
    zh: [
      '“{before}”和“{after}”之间写一行，此外什么也没有。',
      '整个回答只有一行，以“{before}”开头，以“{after}”结尾。',
      '回答必须以“{before}”开头、以“{after}”结尾，中间只有一行。',
    ],
  },
}

/** The template form that has nothing behind the answer. */
const openFrame: Wordings = {
  en: [
    '“{before}” comes first, then one line and no more.',
    'The whole answer starts with “{before}”, followed by one line and nothing else.',
    'The response must begin with “{before}” and have only one line after it.',
    'Answer in the form “{before}” plus one line of text.',
  ],
  zh: [
    '先写“{before}”，再写一行，别无其他。',
    '整个回答以“{before}”开头，其后只有一行。',
    '回答必须以“{before}”开头，后面只写一行内容。',
  ],
}

const three: Wordings = {
  en: [
    'As for sentences, there are precisely three.',
    'Write exactly 3 sentences.',
    'The answer has exactly three sentences.',
  ],
  zh: ['句子不多不少三句。', '恰好写3句话。', '回答正好由三个句子组成。'],
}
const one: Wordings = {
  en: ['A single sentence is all there is.', 'Write exactly 1 sentence.', 'The answer has exactly one sentence.'],
  zh: ['只有一句话。', '恰好写1句话。', '回答正好是一个句子。'],
}
const below = (count: number): Wordings => ({
  en: [`Stay under ${count} words.`, `Use fewer than ${count} words.`, `The answer has less than ${count} words.`],
  zh: [`字数要在${count}以下。`, `少于${count}字。`, `回答不到${count}个字。`],
})
const with_ = (english: string, chinese: string): Wordings => ({
  en: [
    `“${english}” has to be one of the words.`,
    `The answer contains the word “${english}”.`,
    `Use the word “${english}”.`,
  ],
  zh: [`少不了“${chinese}”。`, `回答中包含“${chinese}”。`, `要使用“${chinese}”一词。`],
})
const without = (english: string, chinese: string): Wordings => ({
  en: [
    `“${english}” is not to be found in it.`,
    `The answer does not contain “${english}”.`,
    `Do not use “${english}”.`,
  ],
  zh: [`“${chinese}”一词不许写。`, `回答中不包含“${chinese}”。`, `不要使用“${chinese}”。`],
})

/** The conditions of the rules whose levels add up, in the order of their levels. */
const levelWordings: Readonly<Partial<Record<RuleId, readonly Wordings[]>>> = {
  cnn_dailymail: [
    three,
    {
      en: [
        'No sentence reaches 15 words.',
        'Each sentence has fewer than 15 words.',
        'Every sentence is shorter than 15 words.',
      ],
      zh: ['没有一句达到15字。', '每句话少于15字。', '每个句子不到15个字。'],
    },
    {
      en: [
        '“Potter”, “actor” and “films” come up, one a sentence.',
        'The sentences contain “Potter”, “actor” and “films”, in this order.',
        'The first sentence has “Potter”, the second “actor”, the third “films”.',
      ],
      zh: ['“波特”、“演员”和“电影”各出现在一句里。', '三句话依次包含“波特”、“演员”和“电影”。'],
    },
    without('lavish', '奢侈'),
    {
      en: [
        'The third sentence is in the perfect tense, with “has” or “have”.',
        'The third sentence uses “has” or “have” before another word.',
      ],
      zh: ['第三句用到“了”。', '第三句话包含“了”。'],
    },
  ],
  xsum: [
    one,
    below(20),
    without('Newton Stewart', '牛顿斯图尔特'),
    {
      en: [
        'A verb stands in the progressive form.',
        'Use the present progressive: am, is or are before a word in -ing.',
      ],
      zh: ['用到“在”表示正在进行。', '回答中包含“在”。'],
    },
    with_('operation', '操作'),
  ],
  samsum: [
    one,
    below(15),
    with_('stuff', '琐碎的'),
    without('procrast', '拖沓的'),
    {
      en: [
        'Only one punctuation mark is there.',
        'Use exactly one punctuation mark.',
        'There is exactly 1 punctuation mark.',
      ],
      zh: ['标点符号只有一个。', '恰好使用一个标点符号。'],
    },
  ],
  gigaword: [
    {
      en: ['In words, its length is 8.', 'Write exactly 8 words.', 'The answer has exactly eight words.'],
      zh: ['总共八个字。', '恰好写8个字。', '回答正好8字。'],
    },
    {
      en: [
        'There is no punctuation of any kind.',
        'Do not use any punctuation.',
        'The answer has no punctuation marks.',
      ],
      zh: ['什么标点都没有。', '不用任何标点符号。', '不要使用标点。'],
    },
    {
      en: ['No word has a capital.', 'All words are lowercase.', 'Use lowercase letters only.'],
      zh: ['一个数字也没有。', '不要出现数字。'],
    },
    without('bus', '公交车'),
    with_('in', '在'),
  ],
  arxiv: [
    one,
    {
      en: ['Its length goes up to 20 words.', 'Use at most 20 words.', 'The answer has no more than 20 words.'],
      zh: ['字数不过20。', '不超过20字。', '回答至多20个字。'],
    },
    {
      en: ['“We” is how it opens.', 'Begin with “We”.', 'The answer starts with “We”.'],
      zh: ['开篇是“我们”。', '以“我们”开头。'],
    },
    with_('activations', '激活'),
    without('transformer', 'transformer'),
  ],
  format_22: [
    {
      en: [
        'As for paragraphs, there are three.',
        'Write three paragraphs, separated by blank lines.',
        'The answer has exactly 3 paragraphs.',
      ],
      zh: ['分三段。', '写三段，段间空一行。', '回答恰好有3段。'],
    },
    {
      en: [
        'No paragraph reaches three sentences.',
        'Each paragraph has fewer than 3 sentences.',
        'Every paragraph contains less than three sentences.',
      ],
      zh: ['没有一段达到三句。', '每段少于3句。', '每个段落不到三句话。'],
    },
    {
      en: [
        'No sentence is as short as 20 words.',
        'Each sentence has more than 20 words.',
        'Every sentence is longer than 20 words.',
      ],
      zh: ['每句都要超出20字。', '每句话超过20字。', '每个句子多于20个字。'],
    },
    {
      en: [
        'A number and a full stop lead every paragraph.',
        'Each paragraph begins with a number marker such as 1.',
        'Number the paragraphs.',
      ],
      zh: ['每段都以数字和句点领起。', '每段以1.这样的编号开头。'],
    },
  ],
  format_30: [
    {
      en: ['Some words are in bold.', 'Put keywords in bold with double asterisks.', 'Use bold type (**word**).'],
      zh: [],
    },
  ],
}

/** Words what one level of a rule asks for; null where nothing can be said of it alone. */
export function wordFollowBenchLevel(
  rule: RuleId,
  level: number,
  language: RuleLanguage,
  random: Random,
): Worded | null {
  return draw(levelWordings[rule]?.[level - 1]?.[language], {}, random)
}

/** Words what a rule with a target asks for; null for targets that no constraint would spell out. */
export function wordFollowBenchTarget(
  rule: RuleId,
  target: string,
  language: RuleLanguage,
  random: Random,
): Worded | null {
  if (rule === 'example_template') {
    const { before, after } = answerFrame(target)
    const values = { before: before.trimEnd().replaceAll('\n', ' '), after: after.trim() }
    if (values.before === '') return null
    return draw(after === '' ? openFrame[language] : targetWordings.example_template?.[language], values, random)
  }
  const texts = rule === 'CONLL2003' ? parseStringList(target) : rule === 'WIKIEVENTS' ? target.split('\n') : null
  if (texts && texts.length > mostAlternatives) return null
  const list = texts?.map((text) => `“${text}”`).join(language === 'en' ? ', ' : '、') ?? ''
  if (target.length > longestTarget && !texts) return null
  return draw(targetWordings[rule]?.[language], { text: target, list }, random)
}

function draw(
  choices: readonly string[] | undefined,
  values: Readonly<Record<string, string>>,
  random: Random,
): Worded | null {
  if (!choices || choices.length === 0) return null
  const wording = Math.floor(random() * choices.length)
  return { text: fill(choices[wording]!, values), wording }
}
