import process from 'node:process'
import { loadLanguageTools } from '../src/benchmarks/language-tools.ts'
import { loadRewardModel } from '../src/checkers/reward-model/index.ts'
import { rewardForms } from '../src/checkers/reward-model/server/reward-form.ts'
import { createRewardScorer } from '../src/checkers/reward-model/server/reward-scorer.ts'
import { createRewardServer } from '../src/checkers/reward-model/server/reward-server.ts'

/** The reward server as `bench rm serve` runs it. Sends its port, and on any message what it has used. */
const { tools } = loadLanguageTools({ edition: '', isSample: true, asset: () => null })
const rewardModel = await loadRewardModel('embedded')
const scorer = createRewardScorer(rewardModel, tools)
const { server } = createRewardServer({ scorer, form: rewardForms.paper, token: null })
server.listen({ host: '127.0.0.1', port: 0, backlog: 16_384 }, () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' ? address?.port : null })
})
process.on('message', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
  process.send?.({ peakMegabytes: maxRSS / 1024, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6 })
})
process.on('disconnect', () => process.exit())
