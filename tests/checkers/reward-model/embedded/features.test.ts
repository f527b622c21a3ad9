import { describe, expect, it } from 'vitest'
import { readConstraint } from '../../../../src/checkers/reward-model/embedded/constraint-reading.ts'
import { absent } from '../../../../src/checkers/reward-model/embedded/feature-group.ts'
import { featureNames, writeFeatures } from '../../../../src/checkers/reward-model/embedded/features.ts'
import { ResponseReading } from '../../../../src/checkers/reward-model/embedded/response-reading.ts'

function feature(name: string, constraint: string, response: string): number {
  const row = new Float32Array(featureNames.length)
  writeFeatures(readConstraint(constraint), new ResponseReading(response), row)
  const at = featureNames.indexOf(name)
  if (at === -1) throw new Error(`No feature ${name}`)
  return row[at]!
}

describe('features of a pair', () => {
  it('have names of their own', () => {
    expect(new Set(featureNames).size).toBe(featureNames.length)
  })

  it('are finite for every pair of odd texts', () => {
    const texts = ['', ' ', '\n\n', '\ud800', '\u0000', '—', '。', '\u202e', 'A', '"'.repeat(50), '{}', '👩‍👩‍👧']
    const row = new Float32Array(featureNames.length)
    for (const constraint of texts) {
      for (const response of texts) {
        writeFeatures(readConstraint(constraint), new ResponseReading(response), row)
        expect(row.every(Number.isFinite)).toBe(true)
      }
    }
  })

  it.each([
    ['claims:met-by-rule', 'At least 4 words.', 'one two three four', 1],
    ['claims:met-by-rule', 'Use exactly 2 exclamation marks.', 'Oh! No!', 1],
    ['claims:met-by-rule', 'Include 2 hashtags.', 'Hi #sea and &#39;', 0],
    ['claims:met-by-rule', 'At least 5 words.', 'one two three four', 0],
    ['claims:met-by-rule', 'Write a poem.', 'one two three four', absent],
    ['claims:met-by-rule', 'Every sentence has at most 2 words.', 'One two. Three four five.', 0],
    ['claims:met-by-rule', 'The word "sea" appears exactly 2 times.', 'Sea, sea.', 1],
    ['quotes:found', 'Mention "sea" and "salt".', 'The sea.', 0.5],
    ['quotes:starts', 'Begin with "The".', 'The sea.', 1],
    ['quotes:ends-loosely', 'End with "the sea".', 'Behold the sea!', 1],
    ['quotes:ends-exactly', 'End with "the sea".', 'Behold the sea!', 0],
    ['quotes:equal-exactly', 'Only answer "sea".', 'sea', 1],
    ['quotes:equal-exactly', 'Only answer "sea".', 'Sea.', 0],
    ['quotes:framed-exactly', 'Begin with "<a>" and end with "</a>".', '<a>x</a>', 1],
    ['position:share', 'The 2nd word is "sea".', 'The sea.', 1],
    ['position:share', 'The last word of each sentence is "sea".', 'A sea. A lake.', 0.5],
    ['mark:json', 'Answer in JSON.', '{"a": 1}', 1],
    ['mark:json', 'Answer in JSON.', '{"a": 1', 0],
    ['mark:allLower', 'Small letters throughout.', 'sea', 1],
    ['mark:allUpper', '不要使用小写字母。', 'SEA', 1],
    ['mark:angleTitle', 'Give a title in <<double angle brackets>>.', '<< >>', 0],
    ['mark:wrappedStraight', 'Wrap it in double quotation marks.', '“sea”', 0],
    ['mark:wrapped', 'Wrap it in double quotation marks.', '“sea”', 1],
    ['claims:met-by-rule', 'Use 1 bullet point.', '**Bold** line\n* real', 1],
    ['overlap:names', 'In the manner of Emily Bronte.', 'Thus spoke Emily.', 0.5],
    ['overlap:opening', 'Describe lanterns.', `${'x '.repeat(300)} lanterns`, 0],
    ['overlap:ending', 'Lanterns.', `${'x '.repeat(300)} lanterns`, 1],
    ['reading:all', 'At least 3 words and mention "sea".', 'one sea', 0],
    ['reading:share', 'At least 3 words and mention "sea".', 'one sea', 0.5],
    ['reading:all', 'Never mention "sea".', 'A lake.', 1],
    ['reading:all', 'Begin with "A lake" and end with "sea".', 'A lake, not a sea', 1],
    ['reading:all', 'Do not end with "sea".', 'A sea.', 0],
    ['reading:all', 'Answer in French.', 'The boat is on the water.', 0],
    ['reading:all', 'Do not use bullet points.', '- a boat', 0],
    ['reading:all', 'Be kind.', 'Yes.', absent],
    ['shape:turns', 'Be kind.', 'Yes.\n### Human: more', 1],
    ['shape:cut-off', 'Be kind.', 'This ends in the mid', 1],
    ['mark:json', 'Answer in verse.', '{"a": 1}', absent],
    ['language:asked', 'Answer in French.', 'Je suis dans la maison et vous êtes sur le toit.', 1],
    ['punctuation:others', 'The only punctuation marks used are “。”.', '好。好！', 1],
  ])('%s of "%s" and "%s"', (name, constraint, response, value) => {
    expect(feature(name, constraint, response)).toBe(value)
  })

  it('are read within two seconds from a megabyte made to be slow', () => {
    const megabyte = 1 << 20
    const hostile = [
      '*'.repeat(megabyte),
      '"'.repeat(megabyte),
      'a'.repeat(megabyte),
      '[ '.repeat(megabyte / 2),
      '. '.repeat(megabyte / 2),
      '<<'.repeat(megabyte / 2),
      `<<${' '.repeat(150)}`.repeat(megabyte / 152),
      'Aa '.repeat(megabyte / 3),
      '第'.repeat(megabyte),
      '\n \n'.repeat(megabyte / 3),
    ]
    for (const text of hostile) {
      const started = process.cpuUsage()
      feature('claims:count', 'Every sentence has at least 3 words and "a" and JSON, 标点', text)
      feature('claims:count', text, 'short')
      expect(process.cpuUsage(started).user / 1e6).toBeLessThan(2)
    }
  })
})
