import { describe, expect, it } from 'vitest'
import { pythonStringLiteral, pythonStringLiteralsOf } from '../../../src/data/upstream-template/index.ts'

const read = (source: string, after = 'PROMPT') => pythonStringLiteral(source, { after }).value

describe('pythonStringLiteral', () => {
  it('undoes the escapes of Python', () => {
    expect(read(String.raw`PROMPT = 'a\n\t\"\'\\ \x41\u00e9\U0001F600\101\0'`)).toBe('a\n\t"\'\\ Aé😀A\0')
  })

  it('keeps the backslash of an escape that Python does not know', () => {
    expect(read(String.raw`PROMPT = "\d\{"`)).toBe('\\d\\{')
  })

  it('keeps everything in raw strings but ends them as Python does', () => {
    expect(read(String.raw`PROMPT = r"a\n\"b"`)).toBe(String.raw`a\n\"b`)
  })

  it('joins a line that ends in a backslash and reads CRLF as one line feed', () => {
    expect(read('PROMPT = """one \\\ntwo\r\nthree"""')).toBe('one two\nthree')
  })

  it('refuses character names and malformed escapes', () => {
    expect(() => read(String.raw`PROMPT = "\N{BULLET}"`)).toThrow(/without a character name/)
    expect(() => read(String.raw`PROMPT = "\x4"`)).toThrow(/2 hexadecimal digits.*\\\\x4/)
    expect(() => read(String.raw`PROMPT = "\U00110000"`)).toThrow(/8 hexadecimal digits/)
  })

  it('takes whole names outside strings and comments only', () => {
    const source = `
# PROMPT = "in a comment"
note = "PROMPT = 'in a string'"
PROMPT_EACH = "longer name"
MY_PROMPT = "other name"
PROMPT = "right"
`
    expect(read(source)).toBe('right')
    expect(read(source, 'PROMPT_EACH')).toBe('longer name')
  })

  it('finds the literal with the asked quote and prefix after a lambda head', () => {
    const source = `
ask = lambda a, b='x', *, c="y": f'''Say {a}
to {b} "now".'''
`
    const literal = pythonStringLiteral(source, { after: 'ask', quote: "'''", prefix: 'f' })
    expect(literal).toEqual({ raw: 'Say {a}\nto {b} "now".', value: 'Say {a}\nto {b} "now".', isFormat: true })
  })

  it('joins literals that follow each other on a line, inside brackets also over lines', () => {
    expect(read(`PROMPT = "a" 'b'\n"c"`)).toBe('ab')
    expect(read(`PROMPT = (\n  "a"  # first\n  f"b{x}"\n  r'\\n'\n) + "d"`)).toBe('ab{x}\\n')
  })

  it('follows a path of names', () => {
    const source = 'text = "top"\ndef other():\n  text = "no"\ndef predict(x):\n  text = f"yes {x}"\n'
    expect(pythonStringLiteral(source, { after: ['predict', 'text'] }).value).toBe('yes {x}')
  })

  it('does not end a triple-quoted string at a single quote or an escaped one', () => {
    expect(read(`PROMPT = """say "hi" and \\""" too"""`)).toBe('say "hi" and """ too')
  })

  it('says which line a string opens on that never ends', () => {
    expect(() => read('x = 1\n\ny = "abc\nPROMPT = "a"')).toThrow(expect.objectContaining({ location: { line: 3 } }))
  })

  it('says what is missing', () => {
    expect(() => read('OTHER = "a"')).toThrow(/the name PROMPT/)
    expect(() => pythonStringLiteral('PROMPT = "a"', { after: 'PROMPT', quote: "'''" })).toThrow(
      /a string in ''' after/,
    )
  })

  it('reads an unpleasant megabyte in linear time', () => {
    const source = `PROMPT = "${'\\'.repeat(1_000_000)}"`
    const started = performance.now()
    expect(read(source)).toHaveLength(500_000)
    expect(() => read('"'.repeat(999_999))).toThrow()
    expect(performance.now() - started).toBeLessThan(3000)
  })
})

describe('pythonStringLiteralsOf', () => {
  it('lists the double-quoted literals of one function up to its return', () => {
    const source = `
def first_prompt(a):
    prompt = "no"
    return prompt
def second_prompt(a):
    '''doc "inside"'''
    if a == 'x':
        prompt = "one\\n" + a + "two"
    else:
        prompt = "three {}".format(a)
    return prompt
print("after")
`
    const query = { functionName: 'second_prompt', quote: '"', until: ['return', 'prompt'] } as const
    expect(pythonStringLiteralsOf(source, query).map(({ value }) => value)).toEqual(['one\n', 'two', 'three {}'])
    expect(() => pythonStringLiteralsOf(source, { ...query, functionName: 'third' })).toThrow(/function third/)
    expect(() => pythonStringLiteralsOf(source, { ...query, until: ['return', 'text'] })).toThrow(/return text/)
  })
})
