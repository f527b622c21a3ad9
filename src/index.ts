/** The programmable surface of `heed`: what the command line is made of. */
export type {
  Aggregator,
  Benchmark,
  Column,
  DataSource,
  Edition,
  ItemHead,
  ItemResult,
  Scorer,
  ScoringContext,
} from './benchmarks/benchmark.ts'
export { benchmarkIds, loadBenchmark, loadSuite, parseBenchmarkReference } from './benchmarks/registry.ts'
export type { CallRequest, Reply } from './core/call.ts'
export { DataError, EndpointError, HeedError, UsageError } from './core/errors.ts'
export type { Constraint, Item } from './core/item.ts'
export type { Metric } from './core/metric.ts'
export type { ModelResponse } from './core/response.ts'
export type { Sampling } from './core/sampling.ts'
export { type Status, statuses } from './core/status.ts'
export { type Protocol, protocols, type Verdict } from './core/verdict.ts'
export { executeRun } from './runners/execute-run.ts'
export { prepareRun } from './runners/prepare-run.ts'
export type { EndpointSpec, RunSpec } from './runners/run-spec.ts'
export type { BenchmarkScores, Scores } from './runners/scores.ts'
export { createMetricTable } from './stats/metric-table.ts'
