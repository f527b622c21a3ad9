import { arxiv } from './arxiv.ts'
import { cnnDailymail } from './cnn-dailymail.ts'
import { exampleTemplate } from './example-template.ts'
import { format22 } from './format-22.ts'
import { format30 } from './format-30.ts'
import { gigaword } from './gigaword.ts'
import { lastAmount, lastDate, lastOption } from './last-answer.ts'
import type { RuleLanguage, RuleMaker } from './rule.ts'
import { samsum } from './samsum.ts'
import { containsTarget, elementOfTarget, equalsTarget, linesOfTarget } from './target-rules.ts'
import { xsum } from './xsum.ts'

/** A rule family as the dispatch sees it. */
export interface RuleDefinition {
  readonly make: RuleMaker
  /** What the rule asks for, in words, at the highest level. */
  readonly summary: string
  /** True when the item's target must not be empty. */
  readonly needsTarget: boolean
  readonly languages: readonly RuleLanguage[]
  /** Levels that no response can pass, with the reason, per language. */
  readonly unsatisfiable?: Readonly<Partial<Record<RuleLanguage, { readonly from: number; readonly reason: string }>>>
}

const both = ['en', 'zh'] as const

function withTarget(make: RuleMaker, summary: string, languages: readonly RuleLanguage[] = both): RuleDefinition {
  return { make, summary, languages, needsTarget: true }
}

function withoutTarget(make: RuleMaker, summary: string, languages: readonly RuleLanguage[] = both): RuleDefinition {
  return { make, summary, languages, needsTarget: false }
}

/**
 * The rules of rule_based_evaluation.py (YJiangcm/FollowBench at 6278f4c1, `code` and `code_zh`) by the source name that
 * selects them, the two rules of single format groups, and the template match of the example type.
 */
export const rules = {
  E2E: withTarget(equalsTarget, 'The answer is exactly the expected attribute list.'),
  text_editing: withTarget(equalsTarget, 'The answer is exactly the edited text.'),
  WIKIEVENTS: withTarget(linesOfTarget, 'Every line of the answer is one of the expected events.', ['en']),
  CONLL2003: withTarget(elementOfTarget, 'The answer is exactly one of the expected names.'),
  BBH_logical: withTarget(lastOption, 'The last option in parentheses is the right one.'),
  BBH_time: withTarget(lastDate, 'The last date is the right one.'),
  self_made_space: withTarget(containsTarget, 'The answer names the right place.'),
  gsm_8k: withTarget(lastAmount, 'The last amount in dollars is the right one.'),
  cnn_dailymail: withoutTarget(cnnDailymail, 'Three short sentences, each with the word asked for.'),
  xsum: withoutTarget(xsum, 'One short sentence in the progressive form with and without given words.'),
  samsum: withoutTarget(samsum, 'One short sentence with one punctuation mark, with and without given words.'),
  gigaword: withoutTarget(gigaword, 'A headline of eight words without punctuation, with and without given words.'),
  arxiv: withoutTarget(arxiv, 'One sentence of limited length with and without given words.'),
  format_22: {
    ...withoutTarget(format22, 'Numbered paragraphs of few long sentences and a closing phrase.'),
    unsatisfiable: {
      en: {
        from: 4,
        reason:
          'level 4 wants a number and a full stop at the start of each paragraph, which the sentence cut of level 3 takes for a sentence of one word',
      },
    },
  },
  format_30: withoutTarget(format30, 'Five bold numbered keywords in sentences of limited length.', ['en']),
  example_template: withTarget(
    exampleTemplate,
    'The whole answer has the form of the demonstrations that go with the question.',
  ),
} as const satisfies Readonly<Record<string, RuleDefinition>>

export type RuleId = keyof typeof rules

/** The definition of a rule. */
export function ruleDefinition(id: RuleId): RuleDefinition {
  return rules[id]
}
