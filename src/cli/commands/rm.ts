import { Command } from 'commander'
import { createRmEvalCommand } from './_rm-eval.ts'
import { createRmTrainCommand } from './_rm-train.ts'
import { createPseudoLabelCommand } from './rm-pseudo-label.ts'
import { createServeCommand } from './rm-serve.ts'

/** `bench rm`: the constraint reward model. Each subcommand has a file of its own. */
export function createRmCommand(): Command {
  return new Command('rm')
    .description('Train, measure and use constraint reward models: P(satisfied) of (response, constraint)')
    .addCommand(createPseudoLabelCommand())
    .addCommand(createRmTrainCommand())
    .addCommand(createRmEvalCommand())
    .addCommand(createServeCommand())
}
