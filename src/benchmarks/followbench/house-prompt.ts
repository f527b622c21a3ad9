import type { RuleLanguage } from '../../checkers/followbench/rule.ts'

/** Wording of the judge prompt that ships with the harness, one record a language. */
interface Wording {
  /** What the constraints of a type are about, to stand in `intro`. */
  readonly kinds: Readonly<Record<string, string>>
  readonly intro: (kind: string, count: number) => string
  readonly original: string
  readonly version: (count: number) => string
  readonly answer: (count: number) => string
  readonly closing: (count: number) => string
}

const wordings: Readonly<Record<RuleLanguage, Wording>> = {
  en: {
    kinds: {
      content: 'the content of the answer',
      situation: 'the situation that the answer must take into account',
      style: 'the style of the answer',
      format: 'the format of the answer',
      mixed: 'the content, situation, style or format of the answer',
    },
    intro: (kind, count) =>
      `You check whether an answer obeys an instruction. Starting from an original instruction, ${
        count === 1 ? 'one constraint was added' : `${count} constraints were added one after the other`
      }; each concerns ${kind}. You see every version of the instruction and one answer to the last version.`,
    original: 'Original instruction:',
    version: (count) => `Version with ${count} added ${count === 1 ? 'constraint' : 'constraints'}:`,
    answer: () => 'Answer to the last version:',
    closing: (count) =>
      [
        'Work in three steps.',
        `1. Compare each version with the one before it and write down the ${count === 1 ? 'constraint that was' : `${count} constraints that were`} added, in order.`,
        '2. For each of them, say in one sentence whether the answer satisfies it. Judge nothing else.',
        `3. End with a single line that holds only a Python list of ${count} ${count === 1 ? 'string' : 'strings'}, in the same order: 'YES' where the constraint is satisfied, 'NO' where it is not. Write nothing after that line.`,
      ].join('\n'),
  },
  zh: {
    kinds: {
      content: '回答的内容',
      situation: '回答必须考虑的情境',
      style: '回答的风格',
      format: '回答的格式',
      mixed: '回答的内容、情境、风格或格式',
    },
    intro: (kind, count) =>
      `请检查一个回答是否遵守了指令。在最初的指令上${count === 1 ? '增加了一条约束' : `先后增加了${count}条约束`}，约束涉及${kind}。下面列出指令的每个版本，以及针对最后一个版本的一个回答。`,
    original: '最初的指令：',
    version: (count) => `增加${count}条约束后的指令：`,
    answer: () => '针对最后一个版本的回答：',
    closing: (count) =>
      [
        '请分三步完成。',
        `1. 逐一比较相邻的两个版本，按顺序写出增加的${count}条约束。`,
        '2. 对每条约束用一句话说明回答是否满足它，不评价其他方面。',
        `3. 最后单独写一行，只包含一个有${count}个字符串的Python列表，顺序与约束相同：满足写'YES'，不满足写'NO'。这一行之后不要再写任何内容。`,
      ].join('\n'),
  },
}

/**
 * The judge prompt in the harness's own words: the same inputs and the same form of reply as upstream's, but not its
 * text, so that figures made with it are not official ones.
 * @param instructions instructions of levels 0 to 1..5
 */
export function renderHousePrompt(
  language: RuleLanguage,
  type: string,
  instructions: readonly string[],
  answer: string,
): string {
  const { kinds, intro, original, version, answer: answerLabel, closing } = wordings[language]
  const count = instructions.length - 1
  const versions = instructions.slice(1).map((instruction, index) => `${version(index + 1)}\n${instruction}`)
  return [
    intro(kinds[type] ?? kinds.mixed!, count),
    `${original}\n${instructions[0]}`,
    ...versions,
    `${answerLabel(count)}\n${answer}`,
    closing(count),
  ].join('\n\n')
}
