import { once } from 'node:events'
import { Command } from 'commander'
import { UsageError } from '../../core/errors.ts'
import { serveViewer, type Viewer } from '../../report/viewer/serve.ts'
import { ViewerState } from '../../report/viewer/viewer-state.ts'
import { openFinishedRuns } from '../../runners/read-run.ts'
import { integer } from '../option-parsers.ts'
import { passedOver, print, say } from '../output.ts'

interface ViewCommandOptions {
  readonly port: number
  readonly dataDir?: string
  readonly json?: boolean
}

/** `bench view`: a local page over runs of any size. */
export function createViewCommand(): Command {
  return new Command('view')
    .description(
      'Look at runs item by item in a browser: prompts, responses, verdicts with evidence, two runs side by side',
    )
    .argument('<runs...>', 'run folders, or further scorings of runs (<run>/scorings/<name>)')
    .option('--port <n>', 'port on 127.0.0.1 (0: any free one)', integer(0, 65_535), 0)
    .option('--data-dir <folder>', 'installed data, for constraint texts and tags')
    .option('--json', 'print the address as JSON')
    .addHelpText(
      'after',
      `
Examples:
  bench view results/tuned results/base
  ssh -L 7000:127.0.0.1:7000 gpu-box, and there: bench view results/* --port 7000

Only this machine can reach the address, and only with its token. Stop with Ctrl-C.`,
    )
    .action(view)
}

async function view(folders: string[], { port, dataDir, json }: ViewCommandOptions): Promise<void> {
  const runs = openFinishedRuns(folders, passedOver)
  const state = new ViewerState(runs, dataDir ?? null)
  const viewer = await serve(state, port)
  if (json) print(JSON.stringify({ url: viewer.url }))
  else print(viewer.url)
  say('Open the address in a browser. Stop with Ctrl-C.')
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
  await viewer.close()
}

async function serve(state: ViewerState, port: number): Promise<Viewer> {
  try {
    return await serveViewer(state, port)
  } catch (cause) {
    await state.close()
    throw new UsageError('cannot-listen', `Could not listen on 127.0.0.1:${port}: ${(cause as Error).message}`, {
      hint: 'Choose another one with --port, or leave it out for any free one.',
      cause,
    })
  }
}
