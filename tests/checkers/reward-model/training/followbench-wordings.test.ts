import { describe, expect, it } from 'vitest'
import {
  wordFollowBenchLevel,
  wordFollowBenchTarget,
} from '../../../../src/checkers/reward-model/training/followbench-wordings.ts'
import { mulberry32 } from '../../../../src/core/random.ts'

const texts = (make: (random: () => number) => { text: string } | null) => {
  const random = mulberry32(1)
  return [...new Set(Array.from({ length: 60 }, () => make(random)?.text ?? null))]
}

describe('wordings of the rules of FollowBench', () => {
  it('spell out the target, literally', () => {
    for (const text of texts((random) => wordFollowBenchTarget('E2E', 'name[$& {text}]', 'en', random))) {
      expect(text).toContain('“name[$& {text}]”')
    }
  })

  it('name both ends of an answer template, or the one that it has', () => {
    const closed = texts((random) =>
      wordFollowBenchTarget('example_template', "{instruction}\n{{'bot': '{answer}'}}", 'en', random),
    )
    for (const text of closed) {
      expect(text).toContain("“{'bot': '”")
      expect(text).toContain("“'}”")
    }
    const open = texts((random) =>
      wordFollowBenchTarget('example_template', '{instruction}\nBot: {answer}', 'zh', random),
    )
    for (const text of open) expect(text).toContain('“Bot:”')
    expect(
      texts((random) => wordFollowBenchTarget('example_template', '{instruction}\n{answer}', 'en', random)),
    ).toEqual([null])
  })

  it('list alternatives, and leave out lists that nobody would write down', () => {
    for (const text of texts((random) => wordFollowBenchTarget('CONLL2003', "['Bonn', 'Ulm']", 'en', random))) {
      expect(text).toContain('“Bonn”, “Ulm”')
    }
    const long = `['${Array.from({ length: 30 }, (_, index) => `Place ${index}`).join("', '")}']`
    expect(texts((random) => wordFollowBenchTarget('CONLL2003', long, 'en', random))).toEqual([null])
  })

  it('word one level at a time; what cannot stand alone has no words', () => {
    expect(texts((random) => wordFollowBenchLevel('samsum', 1, 'en', random)).length).toBeGreaterThan(1)
    expect(texts((random) => wordFollowBenchLevel('format_22', 5, 'en', random))).toEqual([null])
  })
})
