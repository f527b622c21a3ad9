import type { ConformanceSuite } from './suite.ts'

/** Every conformance suite by the name of its golden folder, loaded on demand. */
export const suites: Readonly<Record<string, () => Promise<ConformanceSuite>>> = {
  ifeval: async () => (await import('./ifeval.ts')).suite,
  'nltk-tokenizers': async () => (await import('./nltk-tokenizers.ts')).suite,
  collie: async () => (await import('./collie.ts')).suite,
  complexbench: async () => (await import('./complexbench.ts')).suite,
  statistics: async () => (await import('./statistics.ts')).suite,
  agreement: async () => (await import('./agreement.ts')).suite,
  followbench: async () => (await import('./followbench.ts')).suite,
  cfbench: async () => (await import('./cfbench.ts')).suite,
  multichallenge: async () => (await import('./multichallenge.ts')).suite,
  writingbench: async () => (await import('./writingbench.ts')).suite,
  'composite-reward': async () => (await import('./composite-reward.ts')).suite,
  agentif: async () => (await import('./agentif.ts')).suite,
}
