import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { loadLanguageTools } from '../../benchmarks/language-tools.ts'
import { loadRewardModel } from '../../checkers/reward-model/index.ts'
import {
  type RewardForm,
  type RewardFormName,
  rewardForms,
  type ThinkMode,
} from '../../checkers/reward-model/server/reward-form.ts'
import { createRewardScorer } from '../../checkers/reward-model/server/reward-scorer.ts'
import { createRewardServer } from '../../checkers/reward-model/server/reward-server.ts'
import { UsageError } from '../../core/errors.ts'
import { printable } from '../../core/printable.ts'
import { openDataDirectory } from '../../data/data-directory.ts'
import { dataLocation } from '../../data/data-location.ts'
import { print, say } from '../output.ts'

import { usualTokenVariable } from './_rm-token-variable.ts'

/** Options of the command, as commander gives them. */
export interface ServeOptions {
  readonly rm: string
  readonly host: string
  readonly port: number
  readonly form: RewardFormName
  readonly scale?: number
  readonly think?: ThinkMode
  readonly tokenEnv?: string
  readonly maxBody: number
  readonly timeout: number
  readonly dataDir?: string
  readonly json?: boolean
}

/** Trainers open thousands of connections at once; Node's usual queue of 511 would drop some. */
const backlog = 16_384
const drainMs = 10_000

/** Listens until a signal comes. @throws UsageError, DataError, EndpointError */
export async function serve(options: ServeOptions): Promise<void> {
  const token = readToken(options.tokenEnv)
  const warn = (message: string) => say(printable(`note: ${message}`))
  const directory = openDataDirectory(dataLocation({ flag: options.dataDir }), { warn })
  const asset = (dataset: string, file: string) => directory.optionalPath(dataset, file)
  const { tools, labels } = loadLanguageTools({ edition: '', isSample: false, asset })
  const rewardModel = await loadRewardModel(options.rm, { dataDir: options.dataDir, warn })
  const form = toForm(options)
  const { server } = createRewardServer({
    scorer: createRewardScorer(rewardModel, tools),
    form,
    token,
    maxBodyBytes: options.maxBody * (1 << 20),
    timeoutMs: options.timeout * 1000,
    onError: (error) =>
      say(printable(`error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)),
  })
  try {
    const address = await listen(server, options)
    if (options.json) print(JSON.stringify({ address, scorer: rewardModel.id, form }))
    else print(`reward server at ${address}`)
    say(printable(`scorer ${rewardModel.id}; ${options.form} form, scale ${form.scale}, think ${form.think}`))
    if (labels.length > 0)
      say('note: language rules use built-in tables; `bench data pull ifeval` installs the official ones')
    if (token === null && !isLoopback(options.host)) {
      say(
        `note: everybody who reaches ${options.host} can use this server; set ${usualTokenVariable} to ask for a token`,
      )
    }
    await untilStopped(server)
  } finally {
    await rewardModel.close()
  }
}

function toForm({ form, scale, think }: ServeOptions): RewardForm {
  const base: RewardForm = rewardForms[form]
  return { ...base, ...(scale === undefined ? {} : { scale }), ...(think === undefined ? {} : { think }) }
}

function readToken(variable: string | undefined): string | null {
  const token = process.env[variable ?? usualTokenVariable]?.trim() ?? ''
  if (token !== '') return token
  if (variable === undefined) return null
  throw new UsageError('unset-variable', `Expected a token in the environment variable ${variable}, which is not set`)
}

async function listen(server: Server, { host, port }: ServeOptions): Promise<string> {
  server.listen({ host, port, backlog })
  try {
    await once(server, 'listening')
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    const reason = code === 'EADDRINUSE' ? 'something else listens there' : String(cause)
    throw new UsageError('cannot-listen', `Cannot listen at ${host}:${port}: ${reason}`, {
      hint: 'Choose another port with --port, or 0 for a free one.',
      cause,
    })
  }
  const { address, port: taken, family } = server.address() as AddressInfo
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${taken}`
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}

/** Resolves when a signal has come and everything under way is answered. */
async function untilStopped(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
  say('Stopping: answering what is under way.')
  const closed = once(server, 'close')
  server.close()
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), drainMs)
  process.once('SIGINT', () => server.closeAllConnections())
  await closed
  clearTimeout(timer)
}
