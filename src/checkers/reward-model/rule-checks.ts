import { instructionDefinitions } from '../instructions/registry.ts'
import { type LanguageTools, TextView } from '../instructions/text-view.ts'
import type { RewardChecks } from './composite-reward.ts'

/** The 25 official rules as the strict hard checks of the composite reward. */
export function ruleChecks(tools: LanguageTools): RewardChecks['hard'] {
  let view: TextView | undefined
  return (id, text, kwargs) => {
    const definition = instructionDefinitions.get(id)
    if (!definition) return null
    if (view?.text !== text) view = new TextView(text, tools)
    return definition.compile(kwargs).judge(view, 'official').pass
  }
}
