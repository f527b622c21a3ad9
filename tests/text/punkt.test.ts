import { describe, expect, it } from 'vitest'
import { DataError } from '../../src/core/errors.ts'
import { createPunkt } from '../../src/text/punkt.ts'
import { parsePunktParameters, punktParameters } from '../../src/text/punkt-parameters.ts'

const parameters = punktParameters({
  abbrev_types: ['dr', 'u.s', 'vs', 'ok'],
  collocations: [['vs', 'moss']],
  sentence_starters: ['however'],
  ortho_context: { the: 2 | 16 | 32, river: 32, moss: 4, constructor: 0 },
})
const older = createPunkt(parameters)
const newer = createPunkt(parameters, '3.10')

describe('Punkt sentences', () => {
  it.each<[string, string[]]>([
    ['It rained. We went home.', ['It rained.', 'We went home.']],
    ['It rained.\nWe went home', ['It rained.', 'We went home']],
    ['- a\n- b', ['- a\n- b']],
    ['one.two three', ['one.two three']],
    ['Dr. Moss came.', ['Dr. Moss came.']],
    ['It is ok. The river rose.', ['It is ok.', 'The river rose.']],
    ['It is ok. However we left.', ['It is ok.', 'However we left.']],
    ['It is ok. Moss left.', ['It is ok. Moss left.']],
    ['Well... we left. Bye', ['Well... we left.', 'Bye']],
    ['Wow!!! Great.', ['Wow!!!', 'Great.']],
    ['J. Moss came.', ['J. Moss came.']],
    ['It was 5. The river rose.', ['It was 5.', 'The river rose.']],
    ['It was 5. moss grew.', ['It was 5. moss grew.']],
    ['He said "Go." Then he left.', ['He said "Go."', 'Then he left.']],
    ['(It rained.) We left.', ['(It rained.)', 'We left.']],
    ['  Two spaces. End.  ', ['  Two spaces.', 'End.']],
    ['“Go.” Then rain.', ['“Go.” Then rain.']],
    ['Stop.constructor is a word. Go.', ['Stop.constructor is a word.', 'Go.']],
    ['', []],
    [' \n\t ', []],
    ['!', ['!']],
  ])('%j', (text, sentences) => {
    expect(older.sentences(text)).toEqual(sentences)
    expect(older.count(text)).toBe(sentences.length)
  })

  it('knows collocations over a full stop', () => {
    expect(older.sentences('Rivers vs. Moss. End.')).toEqual(['Rivers vs. Moss.', 'End.'])
  })

  it('takes curly quotes as closing marks from NLTK 3.10 on', () => {
    expect(newer.sentences('“Go.” Then rain.')).toEqual(['“Go.”', 'Then rain.'])
  })

  it.each([
    'a. '.repeat(300_000),
    '. '.repeat(500_000),
    'a.'.repeat(500_000),
    `${'x'.repeat(1_000_000)}.`,
    '.)'.repeat(500_000),
  ])('takes linear time on hostile text %#', (text) => {
    const started = process.cpuUsage()
    older.count(text)
    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(2)
  })
})

describe('parsePunktParameters', () => {
  it.each(['{', '[]', '{"abbrev_types": []}'])('refuses %j and names the file', (text) => {
    expect(() => parsePunktParameters(text, 'tables/english.json')).toThrow(DataError)
    expect(() => parsePunktParameters(text, 'tables/english.json')).toThrow('tables/english.json')
  })

  it('reads the tables of a file', () => {
    const text = JSON.stringify({
      abbrev_types: ['x'],
      collocations: [['a', 'b']],
      sentence_starters: [],
      ortho_context: { __proto__x: 2 },
    })
    expect(parsePunktParameters(text, 'f').collocations.has('a\u0000b')).toBe(true)
  })
})
