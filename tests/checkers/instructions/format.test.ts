import { describe, expect, it } from 'vitest'
import { type Case, judge, strictVerdicts } from './_tools.ts'

/** Table of texts with both verdicts, for instructions whose parameters do not vary. */
function table(
  id: string,
  parameters: Readonly<Record<string, unknown>>,
  rows: readonly (readonly [string, boolean, boolean])[],
): void {
  describe(id, () => {
    it.each(rows)('%j: official %s, fixed %s', (text, official, fixed) => {
      const row: Case = [parameters, text, official, fixed]
      expect(strictVerdicts(id, row)).toEqual([official, fixed])
    })
  })
}

/** Table of texts with the counts of both protocols, for instructions that demand at least so many. */
function countTable(
  id: string,
  name: string,
  parameters: Readonly<Record<string, unknown>>,
  rows: readonly (readonly [string, number, number])[],
): void {
  describe(id, () => {
    it.each(rows)('%j counts %i, fixed %i', (text, official, fixed) => {
      for (const [protocol, count] of [
        ['official', official],
        ['fixed', fixed],
      ] as const) {
        const pass = (asked: number): boolean => judge(id, { ...parameters, [name]: asked }, text, protocol).strict.pass
        expect([pass(count), pass(count + 1)], protocol).toEqual([true, false])
      }
    })
  })
}

countTable('detectable_format:number_bullet_lists', 'num_bullets', {}, [
  ['* one\n* two', 2, 2],
  ['- one\n  - two', 2, 2],
  ['*\n*', 1, 0],
  ['*\n\n* two', 2, 1],
  ['---\n-5 degrees\n* real', 3, 1],
  ['**bold** line\n*word', 1, 0],
  ['\n\n \n* after blanks', 1, 1],
  ['• dot\n+ plus', 0, 2],
  ['* one\r* two', 1, 2],
  ['*', 0, 0],
  ['text', 0, 0],
])

countTable('detectable_format:number_highlighted_sections', 'num_highlights', {}, [
  ['*a*', 1, 1],
  ['**a**', 1, 1],
  ['***a***', 2, 1],
  ['**a** *b*', 2, 2],
  ['* a * b *', 1, 0],
  ['****a****', 0, 0],
  ['**a* ', 0, 1],
  ['*a\nb*', 0, 0],
  ['* *', 0, 0],
  ['* bullet with *one*', 1, 1],
  ['**a**b**c**', 2, 2],
])

countTable('detectable_content:number_placeholders', 'num_placeholders', {}, [
  ['[name] and [place]', 2, 2],
  ['[] [ ]', 2, 0],
  ['[a[b]c]', 1, 1],
  ['[a\nb] [c]', 1, 1],
  ['[site](http://x.y)', 1, 0],
  ['- [x] done\n- [ ] open', 2, 0],
  ['[name', 0, 0],
])

countTable('detectable_format:multiple_sections', 'num_sections', { section_spliter: 'SECTION' }, [
  ['SECTION 1\na\nSECTION 2\nb', 2, 2],
  ['**SECTION 1**\n# SECTION 2: b', 2, 2],
  ['SECTION I\nSECTION II', 0, 2],
  ['SECTION  1', 0, 1],
  ['SUBSECTION 2', 1, 0],
  ['as SECTION 3 says', 1, 0],
  ['SECTION1', 1, 1],
  ['Section 1', 0, 0],
  ['SECTION ١', 1, 1],
])

table('detectable_format:json_format', {}, [
  ['{"a": 1}', true, true],
  ['```json\n{"a": [1, 2]}\n```', true, true],
  ['``````json\n[]```', false, true],
  ['Here it is:\n```json\n{"a": 1}\n```\nEnjoy!', false, true],
  ['The list is [1, 2] as asked', false, true],
  ['5', true, false],
  ['"text"', true, false],
  ['[NaN]', true, false],
  ["{'a': 1}", false, false],
  ['\ufeff{}', false, true],
])

table('detectable_format:title', {}, [
  ['<<A title>>\ntext', true, true],
  ['<< << >> >>', true, false],
  ['<<>>', false, false],
  ['<< >>', false, false],
  ['<<a\nb>>', false, false],
  ['no\n<<x>> here', true, true],
  ['<<< >', false, false],
])

table('detectable_format:constrained_response', {}, [
  ['Well. My answer is maybe. Ask again.', true, true],
  ['My answer is yes. My answer is no.', true, false],
  ['my answer is yes.', false, false],
  ['My answer is yes', false, false],
])

table('combination:two_responses', {}, [
  ['one ****** two', true, true],
  ['one ****** one', false, false],
  ['one ************ two', false, true],
  ['****** one ****** two ******', true, true],
  ['one ****** ****** two', false, true],
  ['one ******* one', true, false],
  ['one', false, false],
])

table('combination:repeat_prompt', { prompt_to_repeat: 'Name two rivers.' }, [
  ['name two rivers. Rhine and Elbe', true, true],
  ['"Name two rivers." Rhine', false, true],
  ['Name  two rivers. Rhine', false, true],
  ['Sure! Name two rivers.', false, false],
])

table('startend:end_checker', { end_phrase: ' That is all. ' }, [
  ['Hello. THAT IS ALL.', true, true],
  ['"That is all."', true, true],
  ['**That is all.**', false, true],
  ['That is all.”', false, true],
  ['That is all. Bye', false, false],
])

table('startend:quotation', {}, [
  [' "a" ', true, true],
  ['“a”', false, true],
  ['"', false, false],
  ['"a', false, false],
])

table('punctuation:no_comma', {}, [
  ['no such sign', true, true],
  ['a, b', false, false],
  ['甲，乙', true, false],
  ['أ، ب', true, false],
])

table('detectable_content:postscript', { postscript_marker: 'P.S.' }, [
  ['Bye.\nP.S. Bring bread.', true, true],
  ['p. s. bread', true, true],
  ['p.\ns. bread', true, true],
  ['Bye. P.S. Bring bread.', true, true],
  ['chips. Bread', false, false],
  ['the u.p.s. van', true, false],
  ['P.P.S. bread', true, false],
  ['PS: bread', false, true],
  ['**P.S.** bread', true, true],
  ['nothing', false, false],
])

table('detectable_content:postscript', { postscript_marker: 'P.P.S' }, [
  ['P.P.S bread', true, true],
  ['p. p. s bread', true, true],
  ['P.S. bread', false, false],
])

table('detectable_content:postscript', { postscript_marker: 'N.B.' }, [
  ['Nxbx', true, false],
  ['N.B. bread', true, true],
])
