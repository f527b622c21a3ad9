import type { Random } from '../../../core/random.ts'
import { type LanguageCode, languages } from '../../instructions/language.ts'
import { boundWordings, carriers } from './bound-wordings.ts'
import { contentWordings } from './content-wordings.ts'
import { formWordings } from './form-wordings.ts'
import { fill, type Wordings } from './wordings.ts'

/** Wordings of the 25 instruction types of IFEval, ours. */
const instructionWordings: Readonly<Record<string, Wordings>> = { ...formWordings, ...contentWordings }

/** A constraint text and the number of its wording; 0 is for testing only. */
export interface Worded {
  readonly text: string
  readonly wording: number
}

const chineseLanguageNames: Readonly<Partial<Record<LanguageCode, string>>> = {
  en: '英语',
  es: '西班牙语',
  pt: '葡萄牙语',
  ar: '阿拉伯语',
  hi: '印地语',
  fr: '法语',
  ru: '俄语',
  de: '德语',
  ja: '日语',
  it: '意大利语',
  bn: '孟加拉语',
  th: '泰语',
  ur: '乌尔都语',
  ta: '泰米尔语',
  te: '泰卢固语',
  bg: '保加利亚语',
  ko: '韩语',
  fa: '波斯语',
  vi: '越南语',
  ne: '尼泊尔语',
  sw: '斯瓦希里语',
  kn: '卡纳达语',
  mr: '马拉地语',
  gu: '古吉拉特语',
  pa: '旁遮普语',
  fi: '芬兰语',
}

/** Puts an instruction of IFEval in words; null for one that has none (a language without a name here). */
export function wordInstruction(
  id: string,
  kwargs: Readonly<Record<string, unknown>>,
  tongue: 'en' | 'zh',
  random: Random,
): Worded | null {
  const wordings = instructionWordings[id]?.[tongue]
  if (!wordings) return null
  const wording = Math.floor(random() * wordings.length)
  const values = slotsOf(kwargs, tongue, wording, random)
  if (values === null) return null
  const text = fill(wordings[wording]!, values)
  const lead = random() < 0.25 ? carriers[tongue][Math.floor(random() * carriers[tongue].length)]! : ''
  return { text: lead + text.charAt(0).toUpperCase() + text.slice(1), wording }
}

/** Slot values by their role, whatever the parameter is called. Unseen wordings get unseen bounds. */
function slotsOf(
  kwargs: Readonly<Record<string, unknown>>,
  tongue: 'en' | 'zh',
  wording: number,
  random: Random,
): Record<string, string | number> | null {
  const values: Record<string, string | number> = {}
  let amount: number | null = null
  let shift = 0
  for (const [name, value] of Object.entries(kwargs)) {
    if (value === null || value === undefined) continue
    if (name === 'nth_paragraph') values.m = Number(value)
    else if (name === 'language') {
      const code = String(value) as LanguageCode
      const spoken = tongue === 'en' ? languages[code] : chineseLanguageNames[code]
      if (!spoken) return null
      values.language = spoken
    } else if (name.endsWith('relation')) {
      const choices = boundWordings[value as keyof typeof boundWordings]?.[tongue]
      if (!choices) return null
      const bound = choices[wording === 0 ? 0 : 1 + Math.floor(random() * (choices.length - 1))]!
      values.bound = bound.text
      shift = bound.shift
    } else if (typeof value === 'number') amount = value
    else if (Array.isArray(value)) values.list = listInWords(value.map(String), tongue, random)
    else values.text = String(value)
  }
  if (amount !== null) {
    if (amount + shift < 0) return null
    values.n = numberInWords(amount + shift, tongue, random)
  }
  return values
}

const english = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ')
const chinese = [...'零一二三四五六七八九十']

function numberInWords(value: number, tongue: 'en' | 'zh', random: Random): string {
  if (random() < 0.75) return String(value)
  return (tongue === 'en' ? english[value] : chinese[value]) ?? String(value)
}

function listInWords(words: readonly string[], tongue: 'en' | 'zh', random: Random): string {
  const style = Math.floor(random() * 3)
  const quoted = words.map((word) => (style === 0 ? `"${word}"` : style === 1 ? `'${word}'` : `“${word}”`))
  return quoted.join(tongue === 'en' ? ', ' : '、')
}
