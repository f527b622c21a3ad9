import { aggregationRuns } from './complexbench/aggregation.ts'
import { endToEndRuns } from './complexbench/end-to-end.ts'
import { extractionReplies, helperCalls, ruleVerdicts } from './complexbench/rules.ts'
import { judgeReplies, promptDigests } from './complexbench/steps.ts'
import type { ConformanceSuite } from './suite.ts'

export const suite: ConformanceSuite = {
  name: 'complexbench',
  async run(folders, report) {
    await ruleVerdicts(folders, report, 'rules_crafted.jsonl')
    await ruleVerdicts(folders, report, 'rules_real.jsonl.gz')
    await extractionReplies(folders, report)
    await helperCalls(folders, report)
    await judgeReplies(folders, report)
    await promptDigests(folders, report)
    await aggregationRuns(folders, report)
    await endToEndRuns(folders, report)
  },
}

export default suite
