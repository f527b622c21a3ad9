import type { Command } from 'commander'

/** A command as `bench --help` lists it. Its module is loaded only when it is called. */
export interface CommandEntry {
  readonly summary: string
  readonly load: () => Promise<Command>
}

/** All commands in the order of the help. */
export const commandTable: Readonly<Record<string, CommandEntry>> = {
  run: {
    summary: 'Run a suite or benchmarks on a model, score every constraint, print the table',
    load: async () => (await import('./commands/run.ts')).createRunCommand(),
  },
  score: {
    summary: 'Score responses made elsewhere, or score a run again with another judge',
    load: async () => (await import('./commands/score.ts')).createScoreCommand(),
  },
  merge: {
    summary: 'Put the shards of one run together',
    load: async () => (await import('./commands/merge.ts')).createMergeCommand(),
  },
  batch: {
    summary: 'Make the calls of a run in batch files, for batch APIs and offline runners',
    load: async () => (await import('./commands/batch.ts')).createBatchCommand(),
  },
  table: {
    summary: 'Print the tables of one or more runs',
    load: async () => (await import('./commands/table.ts')).createTableCommand(),
  },
  compare: {
    summary: 'Compare checkpoints on the same items, with intervals, tests and the items that changed',
    load: async () => (await import('./commands/compare.ts')).createCompareCommand(),
  },
  judge: {
    summary: 'Measure how far a judge can be trusted, on a labelled set',
    load: async () => (await import('./commands/judge.ts')).createJudgeCommand(),
  },
  config: {
    summary: 'Print the form of bench.config.yaml, or check such a file',
    load: async () => (await import('./commands/config.ts')).createConfigCommand(),
  },
  report: {
    summary: 'Write one self-contained HTML page over runs',
    load: async () => (await import('./commands/report.ts')).createReportCommand(),
  },
  view: {
    summary: 'Look at runs of any size, item by item, in a local page',
    load: async () => (await import('./commands/view.ts')).createViewCommand(),
  },
  rm: {
    summary: 'Constraint reward models: train, measure, pseudo-label, serve',
    load: async () => (await import('./commands/rm.ts')).createRmCommand(),
  },
  data: {
    summary: 'List, pull and verify benchmark data and language assets',
    load: async () => (await import('./commands/data.ts')).createDataCommand(),
  },
  list: {
    summary: 'List benchmarks, suites, model specs and protocols',
    load: async () => (await import('./commands/list.ts')).createListCommand(),
  },
  doctor: {
    summary: 'Say what is missing before money is spent',
    load: async () => (await import('./commands/doctor.ts')).createDoctorCommand(),
  },
}
