import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Agent } from 'undici'
import { mulberry32, type Random } from '../src/core/random.ts'

/** A GRPO step of verl-if: 384 prompts with 5 rollouts each, and 5 constraints a prompt. */
const rollouts = 1920
const connections = 10_000
const words =
  'the ferry leaves late today because fog lies over the harbour and every captain waits for a clear view of islands'.split(
    ' ',
  )

const question = {
  instruction_id_list: [
    'punctuation:no_comma',
    'soft',
    'length_constraints:number_sentences',
    'soft',
    'language:response_language',
  ],
  kwargs: [{}, {}, { num_sentences: 8, relation: 'at least' }, {}, { language: 'en' }],
  constraints: [
    'Use no commas.',
    'Keep a calm and friendly tone throughout.',
    'Write at least 8 sentences.',
    'Mention the fog at least three times and end with a question.',
    'Write in English.',
  ],
}

/** About 250 words behind a think block. */
function rollout(random: Random): string {
  const sentence = () => {
    const chosen = Array.from(
      { length: 8 + Math.floor(random() * 10) },
      () => words[Math.floor(random() * words.length)]!,
    )
    return `${chosen[0]![0]!.toUpperCase()}${chosen[0]!.slice(1)} ${chosen.slice(1).join(' ')}.`
  }
  return `<think>one two three</think>\n\n${Array.from({ length: 20 }, sentence).join(' ')}`
}

interface Usage {
  readonly peakMegabytes: number
  readonly cpuSeconds: number
}

async function start(): Promise<{ origin: string; child: ChildProcess; usage: () => Promise<Usage> }> {
  const child = fork(fileURLToPath(new URL('./_reward-server-child.ts', import.meta.url)))
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`The reward server ended with ${code}`)
  })
  const [{ port }] = (await Promise.race([once(child, 'message'), ended])) as [{ port: number }]
  ended.catch(() => undefined)
  const usage = async () => {
    child.send('usage')
    const [figures] = (await once(child, 'message')) as [Usage]
    return figures
  }
  return { origin: `http://127.0.0.1:${port}`, child, usage }
}

/** Runs one load against a server of its own, so that its memory peak is its own. */
async function measure(
  name: string,
  load: (agent: Agent, origin: string) => Promise<{ asked: number; rewarded: number }>,
) {
  const { origin, child, usage } = await start()
  const agent = new Agent({ connections, pipelining: 1, headersTimeout: 0, bodyTimeout: 0 })
  try {
    const begun = performance.now()
    const { asked, rewarded } = await load(agent, origin)
    const seconds = (performance.now() - begun) / 1000
    const { peakMegabytes, cpuSeconds } = await usage()
    return {
      load: name,
      responses: asked,
      lost: asked - rewarded,
      seconds,
      'pairs/s': (asked * 5) / seconds,
      'server CPU s': cpuSeconds,
      'server peak MB': peakMegabytes,
    }
  } finally {
    await agent.destroy()
    child.disconnect()
  }
}

async function post(agent: Agent, origin: string, path: string, body: unknown): Promise<unknown> {
  const { statusCode, body: reply } = await agent.request({
    origin,
    path,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const value = await reply.json()
  if (statusCode !== 200) throw new Error(`status ${statusCode}: ${JSON.stringify(value)}`)
  return value
}

const isReward = (value: unknown): boolean => typeof value === 'number' && value > 0

export default {
  name: 'Reward server: rules and embedded reward model, 5 constraints a response',
  async run() {
    const random = mulberry32(7)
    const responses = Array.from({ length: rollouts }, () => rollout(random))
    return [
      await measure('one batch of a GRPO step', async (agent, origin) => {
        const items = responses.map((response) => ({ response, ...question }))
        const reply = (await post(agent, origin, '/v1/reward/batch', { items })) as { items: { reward: unknown }[] }
        return { asked: rollouts, rewarded: reply.items.filter(({ reward }) => isReward(reward)).length }
      }),
      await measure('a GRPO step, one request a response', async (agent, origin) => {
        const rewards = await Promise.allSettled(
          responses.map((response) => post(agent, origin, '/slime/reward', { response, label: question })),
        )
        return {
          asked: rollouts,
          rewarded: rewards.filter((each) => each.status === 'fulfilled' && isReward(each.value)).length,
        }
      }),
      await measure(`${connections} keep-alive connections at once, twice`, async (agent, origin) => {
        let rewarded = 0
        for (let round = 0; round < 2; round += 1) {
          const rewards = await Promise.allSettled(
            Array.from({ length: connections }, (_, index) =>
              post(agent, origin, '/slime/reward', {
                response: responses[index % rollouts]!.slice(0, 400),
                label: question,
              }),
            ),
          )
          rewarded += rewards.filter((each) => each.status === 'fulfilled' && isReward(each.value)).length
        }
        return { asked: 2 * connections, rewarded }
      }),
    ]
  },
}
