import { describe, expect, it } from 'vitest'
import { wrapLines } from '../../src/cli/wrap-lines.ts'

describe('wrapping for a terminal', () => {
  it('breaks long lines between words, indents what follows, and counts wide characters as two', () => {
    expect(wrapLines('one two three four', 9)).toBe('one two\n  three\n  four')
    expect(wrapLines('  a note that is long', 12)).toBe('  a note\n    that is\n    long')
    expect(wrapLines('约束 约束 约束', 9)).toBe('约束 约束\n  约束')
  })

  it('leaves short lines, tables and words that are too long as they are', () => {
    expect(wrapLines('short\n\nlines', 10)).toBe('short\n\nlines')
    expect(wrapLines('│ a row │ of a table │', 10)).toBe('│ a row │ of a table │')
    expect(wrapLines('results/a-very-long-name', 10)).toBe('results/a-very-long-name')
  })
})
