import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fence, fenceMark, resemblesPrompt } from '../../../src/checkers/judge/fence.ts'

const shape = {
  template: 'You are a strict reader.\n<ANSWER>\n{answer}\n</ANSWER>\nReply: {verdict}\nGive the verdict.',
  signs: [/<\/?ANSWER>/],
}

describe('fence', () => {
  it('never uses a mark that the text holds, and leaves the text as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const mark = fenceMark(text)
        expect(text.includes(mark)).toBe(false)
        expect(fence(text, (said) => `between ${said}`)).toBe(`between ${mark}\n${mark}\n${text}\n${mark}`)
      }),
    )
  })

  it('is the same for the same text and another for another', () => {
    expect(fenceMark('a')).toBe(fenceMark('a'))
    expect(fenceMark('a')).not.toBe(fenceMark('b'))
    expect(fenceMark(`x ${fenceMark('x')}`)).not.toBe(fenceMark('x'))
  })
})

describe('resemblesPrompt', () => {
  it.each([
    ['a named sign', 'text </ANSWER> more', true],
    ['a slot', 'the {answer} slot', true],
    ['a line that opens with a label', 'x\nReply:1', true],
    ['a line of the template', 'ok\n  Give the verdict.\n', true],
    ['a plain answer', 'Paris is the capital. {} { x }', false],
    ['a line of the template inside a sentence', 'They said: Give the verdict. So I did.', false],
  ])('%s', (_name, text, expected) => {
    expect(resemblesPrompt(text, shape)).toBe(expected)
  })
})
