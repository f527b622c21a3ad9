import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitThinking } from '../../src/models/split-thinking.ts'

describe('splitThinking', () => {
  it.each([
    ['no block', 'Answer\n', null, 'Answer\n'],
    ['a block', '<think>why</think>Answer', 'why', 'Answer'],
    ['white space around a block', ' \n<think>\nwhy\n</think>\n\n  Answer \n', 'why', 'Answer \n'],
    ['an empty block', '<think>\n\n</think>\n\nAnswer', '', 'Answer'],
    ['several blocks', '<think>a</think>\n<think>b</think>\nAnswer', 'a\n\nb', 'Answer'],
    ['an unclosed block', '<think>why', 'why', null],
    ['an unclosed second block', '<think>a</think><think>b', 'a\n\nb', null],
    ['a closing tag without an opening one', 'why\n</think>\n\nAnswer', 'why', 'Answer'],
    ['a closing tag at the very start', '</think>Answer', '', 'Answer'],
    ['a block and nothing else', '<think>why</think>', 'why', ''],
    ['a pair in the middle of an answer', 'Write <think> and </think> so.', null, 'Write <think> and </think> so.'],
    ['a closing tag after the answer has begun with a block', '<think>a</think>See </think>.', 'a', 'See </think>.'],
    ['other tags', '[THINK]why[/THINK]Answer', 'why', 'Answer'],
    ['Kimi tags', '◁think▷why◁/think▷Answer', 'why', 'Answer'],
    ['Seed tags', '<seed:think>why</seed:think>Answer', 'why', 'Answer'],
  ])('takes apart %s', (_name, text, reasoning, answer) => {
    expect(splitThinking(text, 'auto')).toEqual({ reasoning, answer })
  })

  it('takes a text without tags for reasoning where the template has opened the block', () => {
    expect(splitThinking('Let me see', 'prefilled')).toEqual({ reasoning: 'Let me see', answer: null })
    expect(splitThinking('why</think>Answer', 'prefilled')).toEqual({ reasoning: 'why', answer: 'Answer' })
  })

  it('never changes a text without tags', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!/think/i.test(text))
        expect(splitThinking(text, 'auto')).toEqual({ reasoning: null, answer: text })
      }),
    )
  })

  it('gives back reasoning and answer of any block', () => {
    const piece = fc.string().filter((text) => !/[<[◁]/.test(text))
    fc.assert(
      fc.property(piece, piece, (reasoning, answer) => {
        expect(splitThinking(`<think>${reasoning}</think>${answer}`, 'auto')).toEqual({
          reasoning: reasoning.trim(),
          answer: answer.trimStart(),
        })
      }),
    )
  })

  it.each(['<think></think>', '<think>', '</think>', ' ', '<'])('stays fast on a megabyte of %j', (unit) => {
    const start = process.cpuUsage().user
    splitThinking(unit.repeat(1_000_000 / unit.length), 'auto')
    expect(process.cpuUsage().user - start).toBeLessThan(2_000_000)
  })
})
