import { describe, expect, it } from 'vitest'
import { addedText } from '../../../src/benchmarks/followbench/added-text.ts'

describe('what a level adds to the instruction', () => {
  it('is the piece that was put in, without the punctuation at its seams', () => {
    expect(addedText('Explain tides.', 'Explain tides. Use at most 40 words.')).toBe('Use at most 40 words.')
    expect(addedText('Explain tides.', 'Explain tides in 40 words.')).toBe('in 40 words')
    expect(addedText('Explain tides to me.', 'Explain tides in plain words to me.')).toBe('in plain words')
    expect(addedText('解释潮汐。', '解释潮汐，不超过四十个字，写成诗。')).toBe('不超过四十个字，写成诗')
  })

  it('keeps words whole where old and new text share letters by chance', () => {
    expect(addedText('Write a story.', 'Write a stormy winter story.')).toBe('stormy winter')
  })

  it('is unknown when more than one thing changed, nothing came before, or hardly anything was added', () => {
    expect(addedText('Explain tides in one paragraph.', 'Explain tides in two paragraphs, with a rhyme.')).toBeNull()
    expect(addedText('', 'Explain tides.')).toBeNull()
    expect(addedText('Explain tides.', 'Explain the tides.')).toBeNull()
  })
})
