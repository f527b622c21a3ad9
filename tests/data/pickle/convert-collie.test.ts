import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sha256 } from '../../../src/core/hash.ts'
import { converters } from '../../../src/data/converters.ts'
import { convertCollie, convertCollieOneshot } from '../../../src/data/pickle/convert-collie.ts'
import { type CollieJson, colliePickle, collieRoot } from './_collie-pickle.ts'
import { Instance, Tuple, type Writable, writePickle } from './_pickle-writer.ts'

const sample = fileURLToPath(new URL('../../../src/data/samples/collie/collie_v1.jsonl', import.meta.url))
const shared = fileURLToPath(new URL('../../../../shared/data/collie/', import.meta.url))

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heed-pickle-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe('the COLLIE converter', () => {
  it('writes the records of the pickle with their fields, order and spelling', async () => {
    const text = await readFile(sample, 'utf8')
    const output = await convert(colliePickle(parse(text)))
    expect(output).toBe(text)
  })

  it('is the converter that the lock file names', async () => {
    const { input, output } = await files(colliePickle(parse(await readFile(sample, 'utf8'))))
    await converters.get('collie-pickle')!(input, output)
    expect(await readFile(output, 'utf8')).toBe(await readFile(sample, 'utf8'))
  })

  it('numbers prompts by first appearance', async () => {
    const [first] = parse(await readFile(sample, 'utf8'))
    const twins = [first!, { ...first!, prompt: 'Another one.' }, first!]
    const lines = parse(await convert(colliePickle(twins)))
    expect(lines.map((line) => line.prompt_index)).toEqual([0, 1, 0])
    expect(lines.map((line) => line.id)).toEqual(['english_c01/0', 'english_c01/1', 'english_c01/2'])
  })

  it('writes the one-shot texts of the items that have them to a file of their own', async () => {
    const records = parse(await readFile(sample, 'utf8')).slice(0, 2)
    const oneshot = { id: 'english_c01/1', oneshot_prompt: 'Example.\n\nNow you.', oneshot_example: 'Example.' }
    const { input, output } = await files(colliePickle(records, new Map([[oneshot.id, oneshot]])))
    await convertCollieOneshot(input, output)
    expect(parse(await readFile(output, 'utf8'))).toEqual([oneshot])
  })

  it.each<[string, Writable, string]>([
    ['a list at the top', ['x'], 'Expected a dict of subsets'],
    ['an unknown structure', new Map([['wiki_c13', []]]), 'got "wiki_c13"'],
    ['a subset that is no list', new Map([['wiki_c05', 'x']]), 'Expected subset wiki_c05 to be a list'],
    ['an item without prompt', new Map([['wiki_c05', [new Map([['example', 'x']])]]]), 'to have the field prompt'],
  ])('refuses %s', async (_name, root, message) => {
    await expect(convert(writePickle(root))).rejects.toThrow(message)
    expect(await readdir(folder)).toEqual(['all_data.dill'])
  })

  it('names the item and the class where a constraint has the wrong parts', async () => {
    const [record] = parse(await readFile(sample, 'utf8'))
    const wrong = (constraint: Writable): Uint8Array => {
      const [item] = collieRoot([record!]).get('english_c01')!
      return writePickle(
        new Map([['english_c01', [new Map([...(item as Map<string, Writable>), ['constraint', constraint]])]]]),
      )
    }
    const count = new Instance('collie.constraints', 'Count', { count_target: null })
    await expect(convert(wrong(count))).rejects.toThrow(
      'english_c01/0: constraint to hold a Constraint or All, got a Count',
    )
    const empty = new Instance('collie.constraints', 'Constraint', {})
    await expect(convert(wrong(empty))).rejects.toThrow('to have the attribute input_level')
    await expect(convert(wrong('x'))).rejects.toThrow('got plain data')
    let nested: Writable = 'x'
    for (let depth = 0; depth < 12; depth += 1) {
      nested = new Instance('collie.constraints', 'All', { callables: new Tuple([nested]) })
    }
    await expect(convert(wrong(nested))).rejects.toThrow('nested at most 8 deep')
  })

  it.skipIf(!existsSync(shared))(
    'gives the 2,080 published records byte for byte, from a pickle made of them (needs ../shared)',
    async () => {
      const text = await readFile(join(shared, 'collie_v1.jsonl'), 'utf8')
      const oneshotText = gunzipSync(await readFile(join(shared, 'collie_v1_oneshot.jsonl.gz'))).toString('utf8')
      const oneshot = new Map(parse(oneshotText).map((record) => [String(record.id), record]))
      const { input, output } = await files(colliePickle(parse(text), oneshot))
      await convertCollie(input, output)
      expect(sha256(await readFile(output))).toBe('12d6f163403f0122f5cf0b1105a740f7baae9b5463675eb3a383bd75f081a0ae')
      await convertCollieOneshot(input, output)
      expect(await readFile(output, 'utf8')).toBe(oneshotText)
    },
  )
})

async function convert(bytes: Uint8Array): Promise<string> {
  const { input, output } = await files(bytes)
  await convertCollie(input, output)
  return readFile(output, 'utf8')
}

async function files(bytes: Uint8Array): Promise<{ input: string; output: string }> {
  const input = join(folder, 'all_data.dill')
  await writeFile(input, bytes)
  return { input, output: join(folder, 'collie_v1.jsonl') }
}

function parse(text: string): CollieJson[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as CollieJson)
}
