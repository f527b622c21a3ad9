import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { MockAnswer, MockRequest } from './_mock-model.ts'
import { sendCompletion } from './_mock-model.ts'

/** A number from 0 to 2^32 - 1 that hangs on the text alone. */
export function digest(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0)
}

/** The whole prompt of a request. */
export function promptOf({ body }: MockRequest): string {
  return body.messages.map(({ content }) => content).join('\n')
}

interface House {
  /** True for prompts of this kind. */
  readonly owns: (prompt: string) => boolean
  /** A readable reply; `mood` (0 or 1) decides for or against. */
  readonly reply: (prompt: string, mood: number) => string
}

/** One entry per kind of house prompt. */
const houses: readonly House[] = [
  {
    owns: (prompt) => prompt.includes('<ANSWER_TO_CHECK>'),
    reply: (_prompt, mood) => JSON.stringify({ reasoning: 'seen', verdict: mood ? 'YES' : 'NO' }),
  },
  {
    owns: (prompt) => prompt.includes('<CRITERION_AGAIN>'),
    reply: (_prompt, mood) => JSON.stringify({ score: mood ? 9 : 3, reason: 'seen' }),
  },
  {
    owns: (prompt) => prompt.includes('评分对象：（摘录的内容）'),
    reply: (_prompt, mood) =>
      `【解释】\n见下。\n\n【模型回复中评分问题的评测对象】\n评分对象：${mood ? 'all' : 'None'}`,
  },
  {
    owns: (prompt) => prompt.includes('“答案：是”'),
    reply: (_prompt, mood) => `分析：已核对。\n答案：${mood ? '是' : '否'}`,
  },
  {
    owns: (prompt) => prompt.includes('【核对项】'),
    reply: (prompt, mood) => {
      const criteria = prompt.slice(prompt.lastIndexOf('【核对项】\n') + 6, prompt.lastIndexOf('\n\n【结论】'))
      return criteria
        .split('\n\n')
        .map((criterion, at) => `${criterion}\t${(mood + at) % 2}`)
        .join('\n\n')
    },
  },
  {
    owns: (prompt) => listLength(prompt) > 0,
    reply: (prompt, mood) => {
      const verdicts = Array.from({ length: listLength(prompt) }, (_unused, at) => ((mood + at) % 2 ? "'YES'" : "'NO'"))
      return `1. Compared.\n2. Said.\n[${verdicts.join(', ')}]`
    },
  },
]

function listLength(prompt: string): number {
  const found = /Python list of (\d+) string/.exec(prompt) ?? /有(\d+)个字符串的Python列表/.exec(prompt)
  return Number(found?.[1] ?? 0)
}

/** A judge that keeps to the format; the prompt decides the verdict unless a mood is given. */
export function goodReply(prompt: string, mood = digest(prompt) % 2): string {
  // An endpoint is reached with this message when its server does not list the model.
  if (prompt === 'Hi') return 'Hello'
  const house = houses.find(({ owns }) => owns(prompt))
  // Prompts that come with the data ask for one of the two words.
  return house ? house.reply(prompt, mood) : mood ? 'YES' : 'NO'
}

/** Replies in which nobody may read a verdict. */
export const unreadable: Readonly<Record<string, (prompt: string) => ReturnType<MockAnswer>>> = {
  empty: () => '',
  'white space': () => ' \n\t ',
  'no content': () => (response) => sendCompletion(response, null),
  'an HTML page': () => '<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>',
  'malformed JSON': () => '{"verdict": , "score": }',
  'cut at the limit': () => (response) => sendCompletion(response, 'I will first go through what was', 'length'),
  'another language': () => 'La respuesta me parece bastante buena, aunque no perfecta.',
  prose: () => 'Overall this is a thoughtful piece of work that I enjoyed.',
  'a question back': () => 'Could you tell me what exactly I should check?',
  'very long': () => 'und so weiter, '.repeat(20_000),
}

/** What goes wrong on the way, once or twice for a prompt, before the judge's reply arrives. */
export const troubles: Readonly<Record<string, (response: ServerResponse) => void>> = {
  'HTTP 500': (response) => fail(response, 500, '{"error": {"message": "boom"}}'),
  'HTTP 503 with HTML': (response) => fail(response, 503, '<html>busy</html>'),
  'HTTP 429': (response) => {
    response.setHeader('retry-after-ms', '20')
    fail(response, 429, '{"error": {"message": "slow down"}}')
  },
  'HTML with status 200': (response) => fail(response, 200, '<html>login</html>'),
  'a body that breaks off': (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' })
    response.write('{"choices": [{"message": {"content": "YES')
    setTimeout(() => response.destroy(), 10)
  },
  'a closed connection': (response) => response.destroy(),
  'too slow': (response) => setTimeout(() => sendCompletion(response, 'too late'), 2500),
}

function fail(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': status === 200 ? 'text/html' : 'application/json' }).end(body)
}
