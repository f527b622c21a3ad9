import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  openRewardModelEndpoint,
  type RewardModelEndpointOptions,
} from '../../../../src/checkers/reward-model/endpoints/index.ts'
import { testTemplate } from './_model.ts'

function checkpoint(config: object = {}, tokenizerConfig: object = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'heed-onnx-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, 'onnx'))
  writeFileSync(join(folder, 'onnx/model.onnx'), 'weights')
  writeFileSync(
    join(folder, 'config.json'),
    JSON.stringify({ id2label: { '0': 'LABEL_0', '1': 'LABEL_1' }, ...config }),
  )
  writeFileSync(join(folder, 'tokenizer.json'), '{}')
  writeFileSync(join(folder, 'tokenizer_config.json'), JSON.stringify(tokenizerConfig))
  return folder
}

class Tensor {
  readonly type: string
  readonly data: BigInt64Array | Float32Array
  readonly dims: readonly number[]
  constructor(type: string, data: BigInt64Array | Float32Array, dims: readonly number[]) {
    this.type = type
    this.data = data
    this.dims = dims
  }
}

/** Peers whose tokenizer gives one token per character, and whose model counts the letter "l". */
function peers(over: { inputNames?: string[]; classes?: number; fail?: boolean } = {}) {
  const runs: Record<string, Tensor>[] = []
  const session = {
    inputNames: over.inputNames ?? ['input_ids', 'attention_mask'],
    outputNames: ['logits'],
    run: async (feeds: Record<string, Tensor>) => {
      runs.push(feeds)
      if (over.fail) throw new Error('Non-zero status code\nat native')
      const { data, dims } = feeds.input_ids!
      const [rows, length] = dims as [number, number]
      const classes = over.classes ?? 2
      const logits = new Float32Array(rows * classes)
      for (let row = 0; row < rows; row += 1) {
        const ids = Array.from(data.slice(row * length, (row + 1) * length), Number)
        logits[row * classes + 1] = ids.includes('L'.codePointAt(0)!) ? 2 : -2
      }
      return { logits: new Tensor('float32', logits, [rows, classes]) }
    },
  }
  const modules: Record<string, unknown> = {
    'onnxruntime-node': { default: { InferenceSession: { create: async () => session }, Tensor } },
    '@huggingface/tokenizers': {
      Tokenizer: class {
        encode(text: string) {
          return { ids: Array.from(text, (character) => character.codePointAt(0)!) }
        }
      },
    },
  }
  return { runs, importPeer: async (name: string) => modules[name] }
}

async function open(folder: string, options: RewardModelEndpointOptions) {
  const endpoint = await openRewardModelEndpoint(`onnx:${folder}`, {
    template: testTemplate,
    environment: {},
    ...options,
  })
  onTestFinished(() => endpoint.close())
  return endpoint
}

const pair = (id: string, response: string) => ({ id, response, constraint: 'Say so.' })

describe('a model in process', () => {
  it('without the optional packages says what to install', async () => {
    await expect(open(checkpoint(), {})).rejects.toMatchObject({
      code: 'rm-peer',
      message: expect.stringContaining('onnxruntime-node'),
      hint: expect.stringContaining('npm install onnxruntime-node @huggingface/tokenizers'),
    })
  })

  it('scores with softmax, in the order of the pairs', async () => {
    const endpoint = await open(checkpoint(), peers())
    const scores = await endpoint.score([pair('a', 'L'), pair('b', 'no'), pair('c', 'xxL'), pair('d', 'y')])
    const high = 1 / (1 + Math.exp(-2))
    expect(scores.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd'])
    for (const [index, p] of [high, 1 - high, high, 1 - high].entries()) expect(scores[index]!.p).toBeCloseTo(p, 12)
  })

  it('never pads: a batch holds texts of one length only, and a text scores alone as in a batch', async () => {
    const fake = peers()
    const endpoint = await open(checkpoint(), fake)
    const all = ['L', 'a', 'bb', 'LL', 'c'].map((text, index) => pair(String(index), text))
    const together = await endpoint.score(all)
    expect(fake.runs.map(({ input_ids }) => input_ids!.dims[0])).toEqual([3, 2])
    for (const { attention_mask: mask } of fake.runs)
      expect(mask!.data.every((value) => BigInt(value) === 1n)).toBe(true)
    for (const [index, each] of all.entries()) expect((await endpoint.score([each]))[0]!.p).toBe(together[index]!.p)
  })

  it('cuts the beginning of the response by default, never the constraint', async () => {
    const fake = peers()
    const endpoint = await open(checkpoint({ max_position_embeddings: 60 }, { model_max_length: 1e30 }), fake)
    const [score] = await endpoint.score([pair('a', `L${'x'.repeat(100)}end`)])
    expect(score).toMatchObject({ truncated: true })
    expect(score!.p).toBeLessThan(0.5)
    const text = String.fromCodePoint(...Array.from(fake.runs[0]!.input_ids!.data, Number))
    expect(text).toHaveLength(60)
    expect(text).toMatch(/^Response<<x+end>>Constraint<<Say so\.>>$/)
  })

  it('refuses instead where that is asked for', async () => {
    const endpoint = await open(checkpoint({}, { model_max_length: 60 }), { ...peers(), overlong: 'error' })
    expect((await endpoint.score([pair('a', 'x'.repeat(100))]))[0]).toMatchObject({
      p: null,
      error: expect.stringContaining('rm_overlong'),
    })
  })

  it('reads the class that the user names', async () => {
    const folder = checkpoint({ id2label: { '0': 'met', '1': 'violated' } })
    const endpoint = await open(folder, { ...peers(), positiveLabel: 'met' })
    expect((await endpoint.score([pair('a', 'L')]))[0]!.p).toBeLessThan(0.5)
    await expect(open(folder, { ...peers(), positiveLabel: 'good' })).rejects.toMatchObject({ code: 'rm-label' })
  })

  it('is refused when it is no classifier of two classes, and gives errors when its output is not of two', async () => {
    await expect(open(checkpoint({ num_labels: 3, id2label: undefined }), peers())).rejects.toMatchObject({
      code: 'broken-checkpoint',
    })
    await expect(open(checkpoint(), peers({ inputNames: ['pixel_values'] }))).rejects.toMatchObject({
      code: 'rm-inputs',
    })
    const endpoint = await open(checkpoint(), peers({ classes: 3 }))
    expect((await endpoint.score([pair('a', 'L')]))[0]!.error).toContain('1 x 3')
    const failing = await open(checkpoint(), peers({ fail: true }))
    expect((await failing.score([pair('a', 'L')]))[0]!.error).toBe('the model failed: Non-zero status code')
  })

  it('that is not there is named', async () => {
    await expect(open('/nonexistent/rm', peers())).rejects.toMatchObject({ code: 'no-checkpoint' })
  })
})
