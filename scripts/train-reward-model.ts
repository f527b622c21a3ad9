// Trains the embedded reward model into src/data/reward-model/. Same inputs, same bytes:
//   npx tsx scripts/train-reward-model.ts [--golden DIR] [--data DIR]
import { runCommand } from '../src/cli/run-command.ts'

process.exitCode = await runCommand([
  'rm',
  'train',
  '--out',
  'src/data/reward-model',
  '--thorough',
  ...process.argv.slice(2),
])
