import { describe, expect, it } from 'vitest'
import { TextUnits } from '../../../src/checkers/collie/text-units.ts'
import { constraint, count, extracted, textUnits, units, verdict } from './_constraints.ts'

const words = (text: string) => extracted(constraint([null, 'word'], units, 'in'), text)

describe('COLLIE levels', () => {
  it('cut characters by code point, white space and line ends included', () => {
    expect(extracted(constraint([null, 'character'], count, '=='), 'a 😀\n.')).toBe(5)
  })

  it('trim every unit of white space, then of dots, and drop none', () => {
    expect(textUnits(' a.😀').at(null, 'character')).toEqual(['', 'a', '', '😀'])
    expect(textUnits('x\u00a0.\n\n .. \n\n').at(null, 'paragraph')).toEqual(['x\u00a0', '', ''])
  })

  it('count an ellipsis as an empty word, and quotes and dashes as words', () => {
    expect(words('He left ... "so" — well -- yes')).toEqual([
      'He',
      'left',
      '',
      '``',
      'so',
      "''",
      '—',
      'well',
      '--',
      'yes',
    ])
  })

  it('drop the tokens that are a piece of the punctuation string, and no others', () => {
    expect(words('a , b ; c ./ d ! e ‘ f •')).toEqual(['a', 'b', 'c', 'd', 'e', '‘', 'f', '•'])
  })

  it('split contractions as the Treebank does', () => {
    expect(words("I can't, cannot, don’t")).toEqual(['I', 'ca', "n't", 'can', 'not', 'don', '’', 't'])
  })

  it('take the dots off sentences before their words are cut', () => {
    expect(textUnits('He met Mr. Smith. She left...').at('sentence', 'word')).toEqual([
      ['He', 'met', 'Mr', 'Smith'],
      ['She', 'left'],
    ])
  })

  it('cut paragraphs at two line feeds exactly', () => {
    expect(textUnits('a\n\n\nb\r\n\r\nc\n \nd').at(null, 'paragraph')).toEqual(['a', 'b\r\n\r\nc\n \nd'])
  })

  it('apply the input level first and keep lists nested', () => {
    expect(textUnits('Ann ran.\n\nBob sat. Cy lay.').at('paragraph', 'sentence')).toEqual([
      ['Ann ran'],
      ['Bob sat', 'Cy lay'],
    ])
    expect(textUnits('to be').at('word', 'character')).toEqual([
      ['t', 'o'],
      ['b', 'e'],
    ])
    expect(textUnits('to be').at('word', null)).toEqual(['to', 'be'])
    expect(textUnits('to be').at(null, null)).toBe('to be')
  })

  it('end as the official checker does at levels that it cannot cut at', () => {
    const at = (level: string) => constraint([null, { unknown: level }], count, '==')
    expect(verdict(at('phrase'), 'x', 1)).toBe('NotImplementedError')
    expect(verdict(at('passage'), 'x', 1)).toBe('NotImplementedError')
    expect(verdict(at('stanza'), 'x', 1)).toBe('TypeError')
    expect(verdict(constraint(['word', { unknown: 'phrase' }], count, '=='), '', 0)).toBe(true)
  })

  it('split a response into sentences and words once, however often they are asked for', () => {
    const calls: string[] = []
    const text = new TextUnits('A b. C d.', {
      sentences: (whole) => {
        calls.push(`sentences of ${whole}`)
        return ['A b.', 'C d.']
      },
      sentenceWords: (sentence) => {
        calls.push(`words of ${sentence}`)
        return sentence.split(' ')
      },
    })
    for (let round = 0; round < 2; round += 1) {
      text.at(null, 'sentence')
      text.at(null, 'word')
      text.at('word', 'character')
    }
    expect(calls).toEqual(['sentences of A b. C d.', 'words of A b.', 'words of C d.'])
  })
})
