import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { JudgePrompts } from '../../src/benchmarks/followbench/judge-prompt.ts'
import type { RuleLanguage } from '../../src/checkers/followbench/rule.ts'
import { sha256 } from '../../src/core/hash.ts'
import { readFollowBenchJudge } from '../../src/data/upstream-template/followbench-judge.ts'
import { followBenchJudgedTypes } from '../../src/data/upstream-template/index.ts'

interface Segment {
  readonly chars: number
}

interface Segments {
  readonly languages: Readonly<
    Record<RuleLanguage, Readonly<Record<string, { readonly level1: Segment[]; readonly level2plus: Segment[] }>>>
  >
}

/** Slots of the 18 literals of a prompt function, by position. */
const slots: ReadonlyMap<number, string> = new Map([
  [8, '{}'],
  [13, '{}'],
  [15, '{}'],
  [17, '{level}'.repeat(4)],
])

/**
 * Judge prompts out of an invented source file whose literals have upstream's slots and lengths and no word of its text:
 * what they assemble must be as long as upstream's prompts. Null where the published lengths are not there.
 */
export function standInPrompts(dataFolder: string, language: RuleLanguage): Pick<JudgePrompts, 'render'> | null {
  const file = join(dataFolder, 'followbench/judge-template-segments.json')
  if (!existsSync(file)) return null
  const { languages } = JSON.parse(readFileSync(file, 'utf8')) as Segments
  const literals = (type: string) => {
    const { level1, level2plus } = languages[language][type]!
    return [...level1, ...level2plus].map(({ chars }, position) => {
      const slot = slots.get(position) ?? ''
      return 'x'.repeat(chars - slot.length) + slot
    })
  }
  const source = followBenchJudgedTypes.map((type) => {
    const sum = literals(type)
      .map((literal) => `"${literal}"`)
      .join(' + ')
    return `def ${type}_evaluation_prompt(path):\n    prompt = ${sum}\n    return prompt\n`
  })
  return readFollowBenchJudge(source.join('\n'), language, 'stand-in.py', (type) => literals(type).map(sha256))
}
