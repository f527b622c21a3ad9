import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../../src/core/hash.ts'
import { followBenchLiteralDigests } from '../../../src/data/upstream-template/_followbench-digests.ts'
import { readFollowBenchJudge } from '../../../src/data/upstream-template/followbench-judge.ts'
import { type FollowBenchLanguage, followBenchJudgedTypes } from '../../../src/data/upstream-template/index.ts'

const literals = (type: string) => [
  ...[`One ${type} rule came.`, 'Start:\n', '\n\n', 'With it:\n', '\n\n', 'Answer:\n', '\n\n', 'Say YES or NO.'],
  ...[`{} ${type} rules came.`, 'Start:\n', '\n\n', 'With 1:\n', '\n\n', 'With {}:\n', '\n\n'],
  ...['Answer to {}:\n', '\n\n', 'List {level} of {level} {x}.'],
]

function pythonFunction(type: string): string {
  const quoted = literals(type).map((literal) => `"${literal.replaceAll('\n', '\\n')}"`)
  return `
def ${type}_evaluation_prompt(path, level):
    '''Doc with "quotes".'''
    prompt = ${quoted.slice(0, 8).join(' + ')}
    if level > 1:
        prompt = ${quoted.slice(8).join(' + ')}
    return prompt
`
}

const source = followBenchJudgedTypes.map(pythonFunction).join('\n')
const digests = (type: string) => literals(type).map((literal) => sha256(literal))
const prompts = readFollowBenchJudge(source, 'en', 'judge.py', digests)

describe('readFollowBenchJudge', () => {
  it('assembles the singular wording of level 1', () => {
    expect(prompts.render('style', ['base', 'more'], 'It {} is {level}.')).toBe(
      'One style rule came.Start:\nbase\n\nWith it:\nmore\n\nAnswer:\nIt {} is {level}.\n\nSay YES or NO.',
    )
  })

  it('assembles the path of the levels above and fills the literals only', () => {
    expect(prompts.render('content', ['{}', 'b {level}', 'c', 'd'], '$& {}')).toBe(
      '3 content rules came.Start:\n{}\n\nWith 1:\nb {level}\n\nWith 2:\nc\n\nWith 3:\nd\n\nAnswer to 3:\n$& {}\n\nList 3 of 3 {x}.',
    )
  })

  it('refuses a path that is no path', () => {
    expect(() => prompts.render('mixed', ['only level 0'], 'x')).toThrow(/levels 0 to 1..5, got 1/)
  })

  it('names function, position and both digests of a literal that differs', () => {
    const changed = source.replace('Say YES or NO.', 'Say yes or no.')
    expect(() => readFollowBenchJudge(changed, 'en', 'judge.py', digests)).toThrow(
      `judge.py: Expected literal 7 of content_evaluation_prompt to have sha256 ${sha256('Say YES or NO.')}, found ${sha256('Say yes or no.')}`,
    )
  })

  it('counts the literals of a function', () => {
    const shorter = source.replace(' + "Say YES or NO."', '')
    expect(() => readFollowBenchJudge(shorter, 'en', 'judge.py', digests)).toThrow(/18 string literals.*found 17/)
  })

  const segmentsFile = join(import.meta.dirname, '../../../../shared/data/followbench/judge-template-segments.json')
  it.skipIf(!existsSync(segmentsFile))('knows the published digests (needs ../shared/data/followbench)', () => {
    type Segment = { sha256: string }
    type Segments = Record<string, Record<string, { level1: Segment[]; level2plus: Segment[] }>>
    const { languages } = JSON.parse(readFileSync(segmentsFile, 'utf8')) as { languages: Segments }
    for (const language of ['en', 'zh'] as FollowBenchLanguage[]) {
      for (const type of followBenchJudgedTypes) {
        const { level1, level2plus } = languages[language]![type]!
        const expected = [...level1, ...level2plus].map((segment) => segment.sha256)
        expect(followBenchLiteralDigests(language, type)).toEqual(expected)
      }
    }
  })
})
