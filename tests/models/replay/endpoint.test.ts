import { writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Message } from '../../../src/core/message.ts'
import { ArrayScanner, LineScanner, type RecordScanner } from '../../../src/models/replay/record-scanner.ts'
import { callError, endpointFor, never, request } from '../_call.ts'
import { jsonl, temporaryFile } from '../_folder.ts'

const rows = [
  { id: 'a', prompt: 'First?', response: 'One' },
  { id: 'b', prompt: 'Second?', response: 'Two, 第二\u2028\n{"[\\"' },
  { id: 'c', prompt: 'Third?', response: '' },
]

function user(content: string): { messages: readonly Message[] } {
  return { messages: [{ role: 'user', content }] }
}

describe('replay endpoint', () => {
  it.each([
    ['r.jsonl', jsonl(rows)],
    ['r.jsonl.gz', jsonl(rows)],
    ['no-final-line-feed.jsonl', jsonl(rows).trimEnd()],
    ['blank-lines.jsonl', `\n${jsonl(rows).replaceAll('\n', '\r\n\n')}\n`],
    ['r.json', JSON.stringify(rows, null, 2)],
    ['r.json.gz', ` \n${JSON.stringify(rows)}\n`],
  ])('reads %s', async (name, content) => {
    const endpoint = await endpointFor(`replay:${temporaryFile(name, content)}`)
    for (const { id, prompt, response } of rows) {
      const reply = await endpoint.complete(request(user(prompt), { item: id }), never)
      expect(reply.text).toBe(response)
    }
    expect(endpoint).toMatchObject({ dependsOnMeta: true, model: name, recordedSamples: 1 })
  })

  it('has the identity of its content, not of its name', async () => {
    const one = await endpointFor(`replay:${temporaryFile('one.jsonl', jsonl(rows))}`)
    const two = await endpointFor(`replay:${temporaryFile('two.jsonl.gz', jsonl(rows))}`)
    const other = await endpointFor(`replay:${temporaryFile('one.jsonl', jsonl(rows.slice(1)))}`)
    expect(two.id).toBe(one.id)
    expect(other.id).not.toBe(one.id)
  })

  it('takes repeated records of an item for samples', async () => {
    const file = temporaryFile(
      'r.jsonl',
      jsonl([
        { id: 'a', output: 'one' },
        { id: 'b', output: 'x' },
        { id: 'a', output: ['two', 'three'] },
      ]),
    )
    const endpoint = await endpointFor(`replay:${file}`)
    const texts = [0, 1, 2].map(async (sample) => {
      return (await endpoint.complete(request({}, { item: 'a', sample }), never)).text
    })
    expect(await Promise.all(texts)).toEqual(['one', 'two', 'three'])
    expect(endpoint.recordedSamples).toBe(3)
    const error = await callError(endpoint.complete(request({}, { item: 'a', sample: 3 }), never))
    expect(error).toMatchObject({ retryable: false, fatal: false })
    expect(error.message).toBe('r.jsonl holds 3 responses for item a, asked for number 4')
  })

  it('answers an item only where there is at least one sample', async () => {
    const file = temporaryFile(
      'r.jsonl',
      jsonl([
        { QUESTION_ID: 'a', RESPONSE: [] },
        { QUESTION_ID: 'b', RESPONSE: ['one'] },
      ]),
    )
    const endpoint = await endpointFor(`replay:${file}`)
    const answered = ['a', 'b', 'c'].map((item) => endpoint.answers!(request({}, { item })))
    expect(answered).toEqual([false, true, false])
    expect((await callError(endpoint.complete(request({}, { item: 'a' }), never))).message).toBe(
      'r.jsonl holds 0 responses for item a, asked for number 1',
    )
  })

  it('says which response is missing', async () => {
    const endpoint = await endpointFor(`replay:${temporaryFile('r.jsonl', jsonl(rows))}`)
    const error = await callError(endpoint.complete(request(user('Fourth?'), { item: 'd' }), never))
    expect(error).toMatchObject({ kind: 'not-found', retryable: false, fatal: false })
    expect(error.message).toBe('r.jsonl holds no response for item d')
  })

  it('does not take a recorded null for an empty answer', async () => {
    const file = temporaryFile('r.jsonl', jsonl([{ id: 'a', response: null }]))
    const error = await callError((await endpointFor(`replay:${file}`)).complete(request({}, { item: 'a' }), never))
    expect(error.message).toBe('r.jsonl:1 says that there was no response for item a')
  })

  it('does not give an item the answer to another prompt because their ids agree', async () => {
    const endpoint = await endpointFor(`replay:${temporaryFile('r.jsonl', jsonl(rows))}`)
    const error = await callError(endpoint.complete(request(user('Something else?'), { item: 'a' }), never))
    expect(error.message).toBe('r.jsonl:1 has the id of item a but another prompt')
  })

  it('accepts a recorded prompt that differs in white space or is wrapped in a template', async () => {
    const file = temporaryFile(
      'r.jsonl',
      jsonl([
        { id: 'a', prompt: 'Say\n hello. ', response: 'one' },
        { id: 'b', prompt: '[INST] Say hello. [/INST]', response: 'two' },
      ]),
    )
    const endpoint = await endpointFor(`replay:${file}`)
    for (const [item, text] of [
      ['a', 'one'],
      ['b', 'two'],
    ] as const) {
      expect((await endpoint.complete(request({}, { item }), never)).text).toBe(text)
    }
  })

  it('prefers the prompt to an id of another numbering, and lets the id decide between equal prompts', async () => {
    const file = temporaryFile(
      'r.jsonl',
      jsonl([
        { id: 0, prompt: 'First?', response: 'one' },
        { id: 1, prompt: 'Second?', response: 'two' },
        { id: 2, prompt: 'Same?', response: 'three' },
        { id: 3, prompt: 'Same?', response: 'four' },
      ]),
    )
    const endpoint = await endpointFor(`replay:${file}`)
    expect((await endpoint.complete(request(user('Second?'), { item: '0' }), never)).text).toBe('two')
    expect((await endpoint.complete(request(user('Same?'), { item: '3' }), never)).text).toBe('four')
    expect(endpoint.recordedSamples).toBe(1)
  })

  it('tells conversations apart that end in the same words', async () => {
    const talk = (first: string): Message[] => [
      { role: 'user', content: first },
      { role: 'assistant', content: 'Yes.' },
      { role: 'user', content: 'Go on.' },
    ]
    const file = temporaryFile(
      'r.jsonl',
      jsonl(['A', 'B'].map((name) => ({ messages: talk(name), response: `about ${name}` }))),
    )
    const endpoint = await endpointFor(`replay:${file}`)
    const replies = ['B', 'A'].map((name) => endpoint.complete(request({ messages: talk(name) }), never))
    expect((await Promise.all(replies)).map(({ text }) => text)).toEqual(['about B', 'about A'])
  })

  it.each([
    ['a broken line', '{"id":"a","output":"x"}\n\n{"id":"b",\n', ':3', 'Expected one JSON value'],
    ['a line that is no object', '{"id":"a","output":"x"}\n7\n', ':2', 'Expected an object with a response'],
    ['a record without response', '{"id":"a","prompt":"x"}\n', ':1', 'Expected a response, found none'],
    ['a record without id or prompt', '\n{"output":"x"}', ':2', 'Expected an id or a prompt'],
    ['an open array', '[\n{"id":"a","output":"x"},\n', ':3', 'Expected the array to be closed'],
    ['a broken record of an array', '[\n{"id":"a"\n "output":"x"}]', ':2', 'Expected one JSON value'],
    ['an array of texts', '[\n"x"]', ':2', 'Expected an object in the array'],
    ['text after an array', '[{"id":"a","output":"x"}]\n{', ':2', 'Expected nothing after the array'],
  ])('names file and line of %s', async (_name, content, line, message) => {
    const file = temporaryFile('r.jsonl', content)
    await expect(endpointFor(`replay:${file}`)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining(`${file}${line}: ${message}`),
    })
  })

  it.each([
    ['nothing.jsonl', ''],
    ['empty.json', '[]'],
  ])('refuses a file without responses (%s)', async (name, content) => {
    await expect(endpointFor(`replay:${temporaryFile(name, content)}`)).rejects.toMatchObject({ code: 'empty-replay' })
  })

  it('refuses a file that is not there, and one that is not gzipped', async () => {
    await expect(endpointFor('replay:/nowhere/r.jsonl')).rejects.toMatchObject({ exitCode: 2, code: 'no-replay-file' })
    const file = temporaryFile('r.jsonl.gz', '')
    writeFileSync(file, jsonl(rows))
    await expect(endpointFor(`replay:${file}`)).rejects.toMatchObject({ exitCode: 2, code: 'broken-gzip' })
  })
})

describe('record scanners', () => {
  function scan(scanner: RecordScanner, bytes: Buffer, sizes: readonly number[]): string[] {
    const found: string[] = []
    let position = 0
    for (let step = 0; position < bytes.length; step += 1) {
      const size = sizes[step % sizes.length]!
      for (const { offset, length } of scanner.feed(bytes.subarray(position, position + size))) {
        found.push(bytes.toString('utf8', offset, offset + length))
      }
      position += size
    }
    for (const { offset, length } of scanner.end()) found.push(bytes.toString('utf8', offset, offset + length))
    return found
  }

  const values = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { minLength: 1 })
  const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 })

  it('find every record, wherever the pieces of the file are cut', () => {
    fc.assert(
      fc.property(values, sizes, fc.boolean(), (list, cuts, pretty) => {
        const array = Buffer.from(JSON.stringify(list, null, pretty ? 2 : 0))
        const lines = Buffer.from(jsonl(list))
        const expected = JSON.parse(JSON.stringify(list)) as unknown
        expect(scan(new ArrayScanner('f'), array, cuts).map((text) => JSON.parse(text) as unknown)).toEqual(expected)
        expect(scan(new LineScanner(), lines, cuts).map((text) => JSON.parse(text) as unknown)).toEqual(expected)
      }),
    )
  })
})
