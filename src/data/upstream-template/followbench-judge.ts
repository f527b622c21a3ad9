import { readFile } from 'node:fs/promises'
import { DataError } from '../../core/errors.ts'
import { sha256 } from '../../core/hash.ts'
import {
  type FollowBenchJudgedType,
  type FollowBenchLanguage,
  followBenchJudgedTypes,
  followBenchLiteralDigests,
} from './_followbench-digests.ts'
import { fillTemplate } from './fill-template.ts'
import { atFile } from './load-upstream-template.ts'
import { pythonStringLiteralsOf } from './python-string-literal.ts'

/** FollowBench's official judge prompts of one language, read out of the upstream file and proven literal by literal. */
export interface FollowBenchJudgePrompts {
  readonly language: FollowBenchLanguage
  /** sha256 over all literals of all types: goes into call keys and manifests. */
  readonly sha256: string
  /**
   * The judge prompt of one item.
   * @param instructions instructions of the path: level 0 first, the item's own level last
   * @throws DataError `followbench-path` unless there are 2 to 6 instructions
   */
  render(type: FollowBenchJudgedType, instructions: readonly string[], answer: string): string
}

/** Data set and files of the lock that the prompts are read from. */
export const followBenchJudgeFiles: Readonly<Record<FollowBenchLanguage, { dataset: string; file: string }>> = {
  en: { dataset: 'followbench-upstream', file: 'code/gpt4_based_evaluation.py' },
  zh: { dataset: 'followbench-upstream', file: 'code_zh/gpt4_based_evaluation.py' },
}

/** Digests of the 18 literals of each type's prompt function. Tests give their own. */
export type FollowBenchDigests = (type: FollowBenchJudgedType) => readonly string[]

/**
 * Reads `code/gpt4_based_evaluation.py` (en) or `code_zh/gpt4_based_evaluation.py` (zh) of YJiangcm/FollowBench at
 * 6278f4c1 from an installed file. Nothing is executed.
 * @throws DataError `literal-not-found`, `template-digest` (names both digests), `python-syntax`, `python-escape`
 */
export async function loadFollowBenchJudge(
  path: string,
  language: FollowBenchLanguage,
): Promise<FollowBenchJudgePrompts> {
  return readFollowBenchJudge(await readFile(path, 'utf8'), language, path)
}

/** The same for source text at hand; `file` is named in errors. */
export function readFollowBenchJudge(
  source: string,
  language: FollowBenchLanguage,
  file: string,
  digests: FollowBenchDigests = (type) => followBenchLiteralDigests(language, type),
): FollowBenchJudgePrompts {
  const literals = new Map(
    followBenchJudgedTypes.map((type) => [
      type,
      literalsOf(source, type, digests(type), `followbench/${language}`, file),
    ]),
  )
  return {
    language,
    sha256: sha256(JSON.stringify([...literals])),
    render: (type, instructions, answer) => renderPrompt(literals.get(type)!, instructions, answer),
  }
}

function literalsOf(
  source: string,
  type: FollowBenchJudgedType,
  digests: readonly string[],
  id: string,
  file: string,
): readonly string[] {
  const functionName = `${type}_evaluation_prompt`
  const values = atFile(file, id, () =>
    pythonStringLiteralsOf(source, { functionName, quote: '"', until: ['return', 'prompt'] }).map(({ value }) => value),
  )
  if (values.length !== digests.length) {
    throw new DataError(
      'literal-not-found',
      `Expected ${digests.length} string literals in ${functionName}, found ${values.length}`,
      { location: { file } },
    )
  }
  values.forEach((value, index) => {
    const found = sha256(value)
    if (found === digests[index]) return
    throw new DataError(
      'template-digest',
      `Expected literal ${index} of ${functionName} to have sha256 ${digests[index]}, found ${found}`,
      { location: { file }, hint: 'Run `bench data verify followbench-upstream`; the file must be the pinned one.' },
    )
  })
  return values
}

/** Assembly of upstream's prompt functions: substitution touches the literals only, never instructions or answer. */
function renderPrompt(literals: readonly string[], instructions: readonly string[], answer: string): string {
  const level = instructions.length - 1
  if (level < 1 || level > 5) {
    throw new DataError('followbench-path', `Expected the instructions of levels 0 to 1..5, got ${instructions.length}`)
  }
  const part = (index: number) => literals[index]!
  const counted = (index: number, count: number) => fillTemplate(part(index), [String(count)], 'positional')
  const [initial, first] = instructions as [string, string]
  if (level === 1) {
    return [part(0), part(1), initial, part(2), part(3), first, part(4), part(5), answer, part(6), part(7)].join('')
  }
  const more = instructions.slice(2).flatMap((instruction, index) => [counted(13, index + 2), instruction, part(14)])
  const closing = fillTemplate(part(17), { level: String(level) }, 'named')
  return [
    ...[counted(8, level), part(9), initial, part(10), part(11), first, part(12)],
    ...more,
    ...[counted(15, level), answer, part(16), closing],
  ].join('')
}
