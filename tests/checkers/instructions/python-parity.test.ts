import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { cpython, type PythonFunction } from '../../text/_cpython.ts'
import { judge } from './_tools.ts'

/** The official rules as expressions of Python, from the specification of their behaviour. */
const rules = `
def number_bullet_lists(t):
  return len(re.findall(r'^\\s*\\*[^\\*].*$', t, re.M)) + len(re.findall(r'^\\s*-.*$', t, re.M))

def number_highlighted_sections(t):
  single = [m for m in re.findall(r'\\*[^\\n\\*]*\\*', t) if m.strip('*').strip()]
  double = [m for m in re.findall(r'\\*\\*[^\\n\\*]*\\*\\*', t) if m.removeprefix('**').removesuffix('**').strip()]
  return len(single) + len(double)

def number_placeholders(t):
  return len(re.findall(r'\\[.*?\\]', t))

def multiple_sections(t):
  return len(re.split(r'\\s?SECTION\\s?\\d+\\s?', t)) - 1

def number_words(t):
  return len(re.findall(r'\\w+', t))

def title(t):
  return any(m.lstrip('<').rstrip('>').strip() for m in re.findall(r'<<[^\\n]+>>', t))

def postscript(t):
  return bool(re.findall(r'\\s*p\\.\\s?s\\..*$', t.lower(), re.M))

def number_paragraphs(t):
  pieces = re.split(r'\\s?\\*\\*\\*\\s?', t)
  n = len(pieces)
  for i, piece in enumerate(pieces):
    if not piece.strip():
      if i not in (0, len(pieces) - 1):
        return -1
      n -= 1
  return n

def nth_paragraph(t):
  pieces = t.split('\\n\\n')
  n = sum(1 for piece in pieces if piece.strip())
  if n < 2:
    return False
  piece = pieces[1].strip()
  if not piece:
    return False
  word = piece.split()[0].lstrip("'").lstrip('"')
  first = ''
  for letter in word:
    if letter in '.,?!\\'"':
      break
    first += letter.lower()
  return n == 2 and first == 'cat'

def two_responses(t):
  pieces = t.split('******')
  if any(not piece.strip() for piece in pieces[1:-1]):
    return False
  good = [piece.strip() for piece in pieces if piece.strip()]
  return len(good) == 2 and good[0] != good[1]

def json_format(t):
  t = t.strip()
  for prefix in ('\`\`\`json', '\`\`\`Json', '\`\`\`JSON', '\`\`\`'):
    t = t.removeprefix(prefix)
  try:
    json.loads(t.removesuffix('\`\`\`').strip())
    return True
  except ValueError:
    return False

def repeat_prompt(t):
  return t.strip().lower().startswith('cat')

def end_checker(t):
  return t.strip().strip('"').lower().endswith('cat.')

def quotation(t):
  t = t.strip()
  return len(t) > 1 and t[0] == '"' and t[-1] == '"'

def existence(t):
  return bool(re.search('cat', t, re.I)) and bool(re.search('ki', t, re.I))

def forbidden(t):
  return not re.search(r'\\bcat\\b', t, re.I)

def frequency(t):
  return len(re.findall('is', t, re.I))

def letters(t):
  return t.lower().count('s')
`

const pieces = [
  ...'*-<>[]"\'.,?!: \n\t\r#_1٣aASsKiIİıſ\u212a\u0301é😀\u2028\u0085\u200b\ufeff{}`',
  '\n\n',
  '\n\n\n',
  '**',
  '***',
  '******',
  '<<',
  '>>',
  'cat',
  'CAT',
  'cat.',
  'kit',
  'SECTION 1',
  'SECTION',
  ' SECTION  2',
  'P.S.',
  'p. s. x',
  '- one\n',
  '* two\n',
  '```json',
  '```',
  '[1]',
  '{"a": NaN}',
]
const text = fc.array(fc.constantFrom(...pieces), { maxLength: 14 }).map((parts) => parts.join(''))

let original: (name: string) => PythonFunction
beforeAll(async () => {
  const python = await cpython()
  python.run(rules)
  original = (name) => python.define(name)
})

/** Compares a count, through the instructions that ask for it exactly or at least. */
function countsAlike(name: string, id: string, parameters: (count: number) => Readonly<Record<string, unknown>>): void {
  const count = original(name)
  fc.assert(
    fc.property(text, (response) => {
      fc.pre(/[a-zA-Z*<>[\]".,?!#_1{}`'-]/.test(response))
      const expected = count(response) as number
      expect(judge(id, parameters(Math.max(0, expected)), response).strict.pass).toBe(expected >= 0)
      expect(judge(id, parameters(expected + 1), response).strict.pass).toBe(false)
    }),
    { numRuns: 1500 },
  )
}

function passesAlike(name: string, id: string, parameters: Readonly<Record<string, unknown>> = {}): void {
  const passes = original(name)
  fc.assert(
    fc.property(text, (response) => {
      fc.pre(/[a-zA-Z*<>[\]".,?!#_1{}`'-]/.test(response))
      expect(judge(id, parameters, response).strict.pass).toBe(passes(response))
    }),
    { numRuns: 1500 },
  )
}

describe('the official checks against their rules in Python', () => {
  const relation = 'at least'
  it('bullets', () =>
    countsAlike('number_bullet_lists', 'detectable_format:number_bullet_lists', (n) => ({ num_bullets: n })))
  it('highlights', () =>
    countsAlike('number_highlighted_sections', 'detectable_format:number_highlighted_sections', (n) => ({
      num_highlights: n,
    })))
  it('placeholders', () =>
    countsAlike('number_placeholders', 'detectable_content:number_placeholders', (n) => ({ num_placeholders: n })))
  it('sections', () =>
    countsAlike('multiple_sections', 'detectable_format:multiple_sections', (n) => ({
      section_spliter: 'SECTION',
      num_sections: n,
    })))
  it('words', () => countsAlike('number_words', 'length_constraints:number_words', (n) => ({ num_words: n, relation })))
  it('paragraphs', () =>
    countsAlike('number_paragraphs', 'length_constraints:number_paragraphs', (n) => ({ num_paragraphs: n })))
  it('keyword frequency', () =>
    countsAlike('frequency', 'keywords:frequency', (n) => ({ keyword: 'is', frequency: n, relation })))
  it('letters', () =>
    countsAlike('letters', 'keywords:letter_frequency', (n) => ({
      letter: 's',
      let_frequency: n,
      let_relation: relation,
    })))
  it('titles', () => passesAlike('title', 'detectable_format:title'))
  it('postscripts', () => passesAlike('postscript', 'detectable_content:postscript', { postscript_marker: 'P.S.' }))
  it('first words', () =>
    passesAlike('nth_paragraph', 'length_constraints:nth_paragraph_first_word', {
      num_paragraphs: 2,
      nth_paragraph: 2,
      first_word: 'CAT',
    }))
  it('two responses', () => passesAlike('two_responses', 'combination:two_responses'))
  it('JSON', () => passesAlike('json_format', 'detectable_format:json_format'))
  it('repeated prompts', () =>
    passesAlike('repeat_prompt', 'combination:repeat_prompt', { prompt_to_repeat: ' Cat  ' }))
  it('end phrases', () => passesAlike('end_checker', 'startend:end_checker', { end_phrase: 'Cat. ' }))
  it('quotations', () => passesAlike('quotation', 'startend:quotation'))
  it('keywords', () => passesAlike('existence', 'keywords:existence', { keywords: ['cat', 'Ki'] }))
  it('forbidden words', () => passesAlike('forbidden', 'keywords:forbidden_words', { forbidden_words: ['cat', 'CAT'] }))
})
