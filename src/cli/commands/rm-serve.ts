import { Command, Option } from 'commander'
import { rewardForms, thinkModes } from '../../checkers/reward-model/server/reward-form.ts'
import { integer, number } from '../option-parsers.ts'
import type { ServeOptions } from './_rm-serve-run.ts'
import { usualTokenVariable } from './_rm-token-variable.ts'

/** `bench rm serve`: checkers and reward model as an HTTP reward server. */
export function createServeCommand(): Command {
  return new Command('serve')
    .description('Serve rules and reward model as an HTTP reward for training')
    .option(
      '--rm <spec>',
      'reward model: embedded, http://host:port, vllm+http://..., onnx:<folder>, llm:<model spec>',
      'embedded',
    )
    .option('--host <address>', 'address to listen at', '127.0.0.1')
    .option('--port <n>', 'port to listen at; 0 takes a free one', integer(0, 65_535), 8780)
    .addOption(
      new Option('--form <form>', 'paper: mean from 0 to 1; code: as verl-if computes it, from 0 to 5')
        .choices(Object.keys(rewardForms))
        .default('paper'),
    )
    .option('--scale <x>', 'largest reward, above 0 (default: that of the form)', number(1e-6))
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
    .action(async (options: ServeOptions) => {
      const { serve } = await import('./_rm-serve-run.ts')
      await serve(options)
    })
}
