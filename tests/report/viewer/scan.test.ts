import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scanFields } from '../../../src/report/viewer/scan-fields.ts'
import { scanLines } from '../../../src/report/viewer/scan-lines.ts'
import { temporaryFolder } from '../../cli/_bench.ts'

function scan(text: string, ...names: string[]) {
  const bytes = Buffer.from(`xx${text}yy"z":1}`)
  return scanFields(bytes, 2, 2 + Buffer.byteLength(text), names)
}

describe('scanFields', () => {
  it('reads what JSON.parse reads, of any object', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string({ maxLength: 8 }).filter((key) => /^[\w ]*$/.test(key)),
          fc.jsonValue(),
        ),
        (object) => {
          const names = Object.keys(object)
          const found = scan(JSON.stringify(object), ...names, 'absent')
          names.forEach((name, index) => {
            const value = object[name]
            const isNested = typeof value === 'object' && value !== null
            expect(isNested ? JSON.parse(String(found[index])) : found[index]).toEqual(
              JSON.parse(JSON.stringify(value)),
            )
          })
          expect(found.at(-1)).toBe(names.includes('absent') ? expect.anything() : undefined)
        },
      ),
    )
  })

  it('is not misled by fields of inner objects, nor by quotes and backslashes in texts', () => {
    const object = { raw: { item: 'wrong', list: ['"item":"wrong"'] }, text: 'a \\" "item":"wrong" \\', item: 'right' }
    expect(scan(JSON.stringify(object), 'item')).toEqual(['right'])
  })

  it('takes white space between the tokens', () => {
    expect(scan('{ "a" : 1 ,\t"b" : [ 1 , {} ] , "c" : null }', 'c', 'a')).toEqual([null, 1])
  })

  it('gives what stands before the tear of a torn object', () => {
    expect(scan('{"item":"x","text":"never end', 'item', 'text')).toEqual(['x', undefined])
    expect(scan('{"item":"x","list":[1,{"a":"', 'item', 'list')).toEqual(['x', undefined])
    expect(scan('no object', 'item')).toEqual([undefined])
  })
})

describe('scanLines', () => {
  async function linesOf(content: string | Buffer, longestLine?: number) {
    using folder = temporaryFolder()
    const file = join(folder.path, 'lines')
    writeFileSync(file, content)
    const lines: { text: string; offset: number }[] = []
    const jumped = await scanLines(
      file,
      (bytes, from, to, offset) => lines.push({ text: bytes.toString('utf8', from, to), offset }),
      longestLine === undefined ? {} : { longestLine },
    )
    return { lines, jumped, whole: Buffer.from(content) }
  }

  it('gives every line with its place in the file, long and short ones, the last one too', async () => {
    const texts = ['short', 'é'.repeat(700_000), '', 'x'.repeat(5_000_000), 'end\u2028same line', 'torn']
    const { lines, jumped, whole } = await linesOf(texts.join('\n'))
    expect(lines.map(({ text }) => text)).toEqual(texts.filter((text) => text !== ''))
    for (const { text, offset } of lines) {
      expect(whole.subarray(offset, offset + Buffer.byteLength(text)).equals(Buffer.from(text))).toBe(true)
    }
    expect(jumped).toBe(0)
  })

  it('jumps over lines beyond the limit, counts them, and goes on behind them', async () => {
    const { lines, jumped } = await linesOf(`a\n${'x'.repeat(6_000_000)}\nb\n`, 2_000_000)
    expect(lines.map(({ text, offset }) => [text, offset])).toEqual([
      ['a', 0],
      ['b', 6_000_003],
    ])
    expect(jumped).toBe(1)
  })
})
