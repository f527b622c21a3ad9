import { mulberry32, type Random } from '../../../../src/core/random.ts'

/** A pair that no training file holds: invented words, drawn numbers, wordings of its own. */
export interface FreshPair {
  readonly kind: string
  readonly response: string
  readonly constraint: string
  readonly label: 0 | 1
}

const vocabulary =
  'lantern orchard pebble velvet compass harbour thistle marble ember willow cactus violin saddle copper meadow ribbon falcon quarry basil anchor'.split(
    ' ',
  )
const characters = [...'河畔灯笼橘树清晨薄雾远山钟声书页茶香石桥小巷风筝白鹭']

const pick = <T>(list: readonly T[], random: Random): T => list[Math.floor(random() * list.length)]!

function sentence(random: Random): string {
  const words = Array.from({ length: 5 + Math.floor(random() * 9) }, () => pick(vocabulary, random))
  const text = words.join(' ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${random() < 0.3 ? ', indeed' : ''}.`
}

function chineseSentence(random: Random): string {
  return `${Array.from({ length: 6 + Math.floor(random() * 10) }, () => pick(characters, random)).join('')}。`
}

/** Draws pairs of a known truth, about half of them satisfied. */
export function freshPairs(count: number, seed: number): FreshPair[] {
  const random = mulberry32(seed)
  const makers = Object.entries(kinds)
  return Array.from({ length: count }, () => {
    const [kind, make] = pick(makers, random)
    const { response, constraint, holds } = make(random)
    return { kind, response, constraint, label: holds ? 1 : 0 }
  })
}

type Maker = (random: Random) => { response: string; constraint: string; holds: boolean }

const english = (random: Random) =>
  Array.from({ length: 3 + Math.floor(random() * 12) }, () => sentence(random)).join(' ')
const chinese = (random: Random) =>
  Array.from({ length: 3 + Math.floor(random() * 10) }, () => chineseSentence(random)).join('')
/** A limit clearly on one side of a count. */
const beside = (count: number, random: Random) =>
  random() < 0.5 ? Math.floor(count * (0.4 + 0.4 * random())) : Math.ceil(count * (1.25 + random())) + 1

const kinds: Readonly<Record<string, Maker>> = {
  'least words': (random) => {
    const response = english(random)
    const words = response.match(/\w+/g)!.length
    const limit = beside(words, random)
    return { response, constraint: `The text should run to at least ${limit} words.`, holds: words >= limit }
  },
  'most words': (random) => {
    const response = english(random)
    const words = response.match(/\w+/g)!.length
    const limit = beside(words, random)
    return { response, constraint: `Please stay within ${limit} words overall.`, holds: words <= limit }
  },
  'most sentences': (random) => {
    const response = english(random)
    const sentences = response.split('.').length - 1
    const limit = beside(sentences, random)
    return { response, constraint: `I want no more than ${limit} sentences from you.`, holds: sentences <= limit }
  },
  'Chinese characters': (random) => {
    const response = chinese(random)
    const limit = beside(response.length, random)
    return { response, constraint: `篇幅请控制在${limit}字以内。`, holds: response.length <= limit }
  },
  'keyword there': (random) => {
    const response = english(random)
    const word = pick(vocabulary, random)
    return {
      response,
      constraint: `Somewhere in the reply, the term "${word}" has to occur.`,
      holds: response.toLowerCase().includes(word),
    }
  },
  'keyword banned': (random) => {
    const response = english(random)
    const word = pick(vocabulary, random)
    return {
      response,
      constraint: `Under no circumstances may you write "${word}".`,
      holds: !response.toLowerCase().includes(word),
    }
  },
  'Chinese keyword': (random) => {
    const response = chinese(random)
    const word = pick(characters, random) + pick(characters, random)
    const text = random() < 0.5 ? response : `${response.slice(0, 9)}${word}${response.slice(9)}`
    return { response: text, constraint: `正文里务必写到“${word}”这个词。`, holds: text.includes(word) }
  },
  'no comma': (random) => {
    const response = english(random)
    return { response, constraint: 'Commas are not welcome in this text: use none.', holds: !response.includes(',') }
  },
  'lower case': (random) => {
    const text = english(random)
    const response = random() < 0.5 ? text.toLowerCase() : text
    return { response, constraint: 'Keep every letter lowercase.', holds: response === response.toLowerCase() }
  },
  ending: (random) => {
    const phrase = `${pick(vocabulary, random)} and ${pick(vocabulary, random)}`
    const response = english(random)
    const holds = random() < 0.5
    return {
      response: holds ? `${response} ${phrase}` : response,
      constraint: `The reply ends with "${phrase}".`,
      holds,
    }
  },
  bullets: (random) => {
    const count = 2 + Math.floor(random() * 7)
    const response = Array.from({ length: count }, () => `- ${sentence(random)}`).join('\n')
    const limit = random() < 0.5 ? count : count + (random() < 0.5 ? 1 : -1) * (1 + Math.floor(random() * 3))
    return { response, constraint: `I need exactly ${limit} bullet points here.`, holds: limit === count }
  },
  language: (random) => {
    const isEnglish = random() < 0.5
    const wants = random() < 0.5
    return {
      response: isEnglish ? english(random) : chinese(random),
      constraint: wants ? 'The answer has to be written in English.' : '请务必用中文作答。',
      holds: wants === isEnglish,
    }
  },
}
