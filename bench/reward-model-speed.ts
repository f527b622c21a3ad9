import { openEmbeddedModel } from '../src/checkers/reward-model/embedded/reward-model.ts'
import { mulberry32 } from '../src/core/random.ts'

/** Pairs per second and core that the model must reach. */
const least = 2000
const secondsPerRow = 2

const constraints = [
  'Write at least 150 words.',
  'Do not use any commas.',
  'The answer must have a formal and professional tone.',
  'Include the keywords "river" and "stone".',
  '回答要包含三个段落，每段不少于50字。',
]
const vocabulary =
  'the river runs over old stone and into a quiet valley where nobody has built a house since then'.split(' ')

export default {
  name: 'Embedded reward model (user CPU, one core)',
  async run(): Promise<Record<string, number | string>[]> {
    return [
      row('5 constraints per response, 1,300 characters', 260, 5),
      row('1 constraint per response, 1,300 characters', 260, 1),
      row('5 constraints per response, 6,500 characters', 1300, 5),
    ]
  },
}

/** Every response is new; constraints recur, as in a run. */
function row(name: string, words: number, perResponse: number): Record<string, number | string> {
  const model = openEmbeddedModel()
  const random = mulberry32(1)
  let pairs = 0
  let spent = 0
  while (spent < secondsPerRow) {
    const responses = Array.from({ length: 50 }, () => response(words, random))
    const started = process.cpuUsage()
    for (const text of responses) {
      for (let index = 0; index < perResponse; index += 1) model.probability(text, constraints[index]!)
    }
    spent += process.cpuUsage(started).user / 1e6
    pairs += responses.length * perResponse
  }
  return { run: name, 'pairs/s': Math.round(pairs / spent), 'times required': (pairs / spent / least).toFixed(1) }
}

function response(words: number, random: () => number): string {
  return Array.from({ length: words }, (_, index) => {
    const word = vocabulary[Math.floor(random() * vocabulary.length)]!
    return index % 14 === 13 ? `${word}.${random() < 0.2 ? '\n\n' : ''}` : word
  }).join(' ')
}
