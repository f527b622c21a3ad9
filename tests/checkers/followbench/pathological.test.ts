import { describe, expect, it } from 'vitest'
import { readJudgeReply } from '../../../src/checkers/followbench/judge-reply.ts'
import { ruleDefinition, rules } from '../../../src/checkers/followbench/rules.ts'
import { readJudgeReplyTolerantly } from '../../../src/checkers/followbench/tolerant-judge-reply.ts'

const size = 1_000_000
const fill = (unit: string) => unit.repeat(Math.ceil(size / unit.length)).slice(0, size)

/** Texts that make naive patterns walk in squares: long runs, near-misses everywhere, nothing at the end. */
const hostile: Readonly<Record<string, string>> = {
  letters: fill('a'),
  spaces: fill(' '),
  'spaces after a verb': `is${fill(' ')}`,
  stops: fill('.'),
  'stops and spaces': fill('. '),
  digits: `${fill('1')}x`,
  'dollar signs': fill('$'),
  'dollar words': fill('美元'),
  'dates without end': fill('12/29/'),
  'bold numbers': fill('**1'),
  'bold numbers over lines': fill('**1\n'),
  parentheses: fill('(A'),
  'closing brackets': `[${fill(']')}`,
  'opening brackets': `${fill('[')}]`,
  'commas in a bracket': `[${fill("'YES',")}`,
  'quotes in a bracket': `[${fill("'")}]`,
  'backslashes in a bracket': `['${fill('\\')}]`,
  'nested parentheses': `[${fill('(')}]`,
  'white space before the end': `YES${fill(' \n')}.`,
  'verbs and ings': fill('is ing'),
  'astral characters': fill('😀'),
  'line feeds': fill('\n'),
  'template ends': `{'bot': '${fill("'}")}`,
}

const targets: Readonly<Record<string, string>> = {
  CONLL2003: "['a', 'b']",
  example_template: "{instruction}\n{{'bot': '{answer}'}}",
  BBH_time: '12/29/1937',
}

/** User time of this process in seconds: other work on the machine does not count. */
function seconds(run: () => void): number {
  const before = process.cpuUsage()
  run()
  return process.cpuUsage(before).user / 1e6
}

describe('one megabyte of hostile text', () => {
  it.each(Object.keys(hostile))('%s: every rule and every reply parser ends within two seconds', (name) => {
    const text = hostile[name]!
    for (const [id, { languages }] of Object.entries(rules)) {
      for (const language of languages) {
        for (const level of [1, 2, 3, 4, 5]) {
          const rule = ruleDefinition(id as keyof typeof rules).make({ language, level, target: targets[id] ?? 'x' })
          expect(
            seconds(() => rule(text)),
            `${id} ${language} level ${level}`,
          ).toBeLessThan(2)
        }
      }
    }
    for (const level of [1, 5]) {
      for (const parser of ['en', 'zh', 'opencompass'] as const) {
        expect(
          seconds(() => readJudgeReply(text, level, parser)),
          parser,
        ).toBeLessThan(2)
      }
      expect(
        seconds(() => readJudgeReplyTolerantly(text, level)),
        'tolerant',
      ).toBeLessThan(2)
    }
  })
})
