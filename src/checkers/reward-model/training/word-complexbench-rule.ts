import type { Random } from '../../../core/random.ts'
import type { Worded } from './word-instruction.ts'
import { fill, type Wordings } from './wordings.ts'

/** Wordings of the rule kinds of ComplexBench that speak of one passage, ours. */
const wordings: Readonly<Record<string, Wordings>> = {
  length: {
    en: [
      'In characters, the text runs from {low} to {high}.',
      'The text has between {low} and {high} characters.',
      'The length must be {low}-{high} characters.',
    ],
    zh: [
      '总共写{low}至{high}个字符。',
      '字数在{low}到{high}字之间。',
      '长度为{low}-{high}字。',
      '篇幅不少于{low}字且不超过{high}字。',
    ],
  },
  length_word: {
    en: [
      'From {low} to {high} words, please.',
      'The text has between {low} and {high} words.',
      'Write {low} to {high} words.',
    ],
    zh: ['写{low}至{high}个英文单词。', '单词数在{low}到{high}个之间。'],
  },
  keyword: {
    en: ['{list} must all turn up.', 'The text contains {list}.', 'Include {list}.'],
    zh: ['{list}都要写进去。', '文中包含{list}。', '必须出现{list}。'],
  },
  forbidden_word: {
    en: ['Keep {list} out.', 'The text does not contain {list}.', 'Do not use {list}.'],
    zh: ['{list}不许写。', '文中不包含{list}。', '不要出现{list}。'],
  },
  startswith: {
    en: ['“{text}” comes first.', 'The text begins with "{text}".', 'Start with "{text}".'],
    zh: ['“{text}”放在最前面。', '以“{text}”开头。', '开头是“{text}”。'],
  },
  'not startswith': {
    en: ['“{text}” is not how it opens.', 'The text does not begin with "{text}".', 'Do not start with "{text}".'],
    zh: ['开篇别用“{text}”。', '不能以“{text}”开头。'],
  },
  endswith: {
    en: ['“{text}” comes last.', 'The text ends with "{text}".', 'End with "{text}".'],
    zh: ['“{text}”放在最末。', '以“{text}”结尾。', '结尾是“{text}”。'],
  },
  'not endswith': {
    en: ['“{text}” is not how it closes.', 'The text does not end with "{text}".', 'Do not end with "{text}".'],
    zh: ['收尾别用“{text}”。', '不能以“{text}”结尾。'],
  },
  match: {
    en: ['“{text}” and not one word beyond it.', 'The text is exactly "{text}".', 'Only answer "{text}".'],
    zh: ['除“{text}”外什么也不写。', '只回答“{text}”。', '内容恰好是“{text}”。'],
  },
  Json: {
    en: [
      'It parses as a JSON object that has the keys {list}.',
      'The text is JSON with the keys {list}.',
      'Answer in JSON with the fields {list}.',
    ],
    zh: ['能解析为JSON，键为{list}。', '以JSON格式输出，包含键{list}。'],
  },
  constraint_punc: {
    en: ['No punctuation marks other than {list}.', 'The only punctuation marks used are {list}.'],
    zh: ['除{list}外不用别的标点。', '标点符号只能使用{list}。'],
  },
}

/** Puts a single-passage rule in words; null for kinds that speak of several passages, and for odd spellings. */
export function wordComplexBenchRule(rule: string, random: Random): Worded | null {
  const match =
    /^(?:model_)?(not_startswith|not_endswith|not endswith|length_word|length|keyword|forbidden_word|startswith|endswith|match|Json|constraint_punc):([^\n]*)$/.exec(
      rule,
    )
  if (!match) return null
  const kind = match[1]!.replace('_startswith', ' startswith').replace('_endswith', ' endswith')
  const tongue = random() < 0.7 ? 'zh' : 'en'
  const choices = wordings[kind]![tongue]
  const wording = Math.floor(random() * choices.length)
  const values = slots(kind, match[2]!)
  return values && { text: fill(choices[wording]!, values), wording }
}

function slots(kind: string, parameter: string): Record<string, string> | null {
  if (kind === 'length' || kind === 'length_word') {
    const bounds = /^\[(\d+),\s?(\d+)\]$/.exec(parameter)
    return bounds && { low: bounds[1]!, high: bounds[2]! }
  }
  if (parameter.startsWith('[')) {
    const items = parameter
      .slice(1, -1)
      .split(',')
      .map((item) => item.trim().replace(/^["']|["']$/g, ''))
    if (items.some((item) => item === '')) return null
    return { list: items.map((item) => `“${item}”`).join('、') }
  }
  return parameter.trim() === '' ? null : { text: parameter.trim() }
}
