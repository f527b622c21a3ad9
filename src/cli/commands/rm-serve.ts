import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Command, Option } from 'commander'
import { loadLanguageTools } from '../../benchmarks/language-tools.ts'
import { loadRewardModel } from '../../checkers/reward-model/index.ts'
import {
  type RewardForm,
  type RewardFormName,
  rewardForms,
  type ThinkMode,
  thinkModes,
} from '../../checkers/reward-model/server/reward-form.ts'
import { createRewardScorer } from '../../checkers/reward-model/server/reward-scorer.ts'
import { createRewardServer } from '../../checkers/reward-model/server/reward-server.ts'
import { UsageError } from '../../core/errors.ts'
import { printable } from '../../core/printable.ts'
import { openDataDirectory } from '../../data/data-directory.ts'
import { dataLocation } from '../../data/data-location.ts'
import { integer, number } from '../option-parsers.ts'
import { print, say } from '../output.ts'

interface ServeOptions {
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

const usualTokenVariable = 'BENCH_REWARD_TOKEN'
/** Trainers open thousands of connections at once; Node's usual queue of 511 would drop some. */
const backlog = 16_384
const drainMs = 10_000

/** `bench rm serve`: checkers and reward model as an HTTP reward server. */
export function createServeCommand(): Command {
  return new Command('serve')
    .description('Serve rules and reward model as an HTTP reward for training')
    .option('--rm <spec>', 'reward model: embedded, http://host:port, vllm+http://..., onnx:<folder>', 'embedded')
    .option('--host <address>', 'address to listen at', '127.0.0.1')
    .option('--port <n>', 'port to listen at; 0 takes a free one', integer(0), 8780)
    .addOption(
      new Option('--form <form>', 'paper: mean from 0 to 1; code: as verl-if computes it, from 0 to 5')
        .choices(Object.keys(rewardForms))
        .default('paper'),
    )
    .option('--scale <x>', 'largest reward (default: that of the form)', number(0))
    .addOption(
      new Option('--think <mode>', 'gate: only what follows </think> and two line feeds; strip; none').choices([
        ...thinkModes,
      ]),
    )
    .option('--token-env <name>', `environment variable with the bearer token (default: ${usualTokenVariable} if set)`)
    .option('--max-body <megabytes>', 'largest request body', number(0.001), 64)
    .option('--timeout <seconds>', 'longest time to a reply', number(0.001), 120)
    .option('--data-dir <folder>', 'installed data (default: $BENCH_DATA_DIR or a per-user cache)')
    .option('--json', 'print the address as JSON')
    .addHelpText(
      'after',
      `
Routes: POST /v1/reward/batch, /predict (verl-if), /get_reward (OpenRLHF), /slime/reward, /verify and /seed_session
(NeMo Gym), GET /healthz and /metrics. docs/reward-server.md describes them.

Examples:
  bench rm serve
  bench rm serve --rm http://localhost:8000 --form code --port 5000
  BENCH_REWARD_TOKEN=... bench rm serve --host 0.0.0.0

Stops on Ctrl-C after answering what is under way.`,
    )
    .action(serve)
}

async function serve(options: ServeOptions): Promise<void> {
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
