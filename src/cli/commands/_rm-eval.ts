import { Command } from 'commander'
export function createRmEvalCommand(): Command {
  return new Command('eval')
}
