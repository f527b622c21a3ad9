import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  openRewardModelEndpoint,
  type RewardModelEndpointOptions,
} from '../../../../src/checkers/reward-model/endpoints/index.ts'
import {
  loadPeers,
  type OnnxRuntime,
  type OnnxSession,
} from '../../../../src/checkers/reward-model/endpoints/onnx/load-peers.ts'
import { byteTokenizer, padToken, vocabulary } from './_byte-tokenizer.ts'
import { testTemplate } from './_model.ts'
import { hasPeers, importPeer } from './_peers.ts'
import { type TinyModel, tinyModel } from './_tiny-onnx.ts'

interface Files {
  readonly model?: Partial<TinyModel>
  readonly config?: object
  readonly tokenizerConfig?: object
  readonly tokenizer?: object
}

function checkpoint({ model, config, tokenizerConfig, tokenizer = byteTokenizer() }: Files = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'heed-onnx-real-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, 'onnx'))
  writeFileSync(join(folder, 'onnx/model.onnx'), tinyModel({ vocabulary, pooling: 'last', ...model }))
  writeFileSync(
    join(folder, 'config.json'),
    JSON.stringify({ id2label: { '0': 'LABEL_0', '1': 'LABEL_1' }, pad_token_id: padToken, ...config }),
  )
  writeFileSync(join(folder, 'tokenizer.json'), JSON.stringify(tokenizer))
  writeFileSync(join(folder, 'tokenizer_config.json'), JSON.stringify({ pad_token: '<pad>', ...tokenizerConfig }))
  return folder
}

async function open(folder: string, options: RewardModelEndpointOptions = {}) {
  const endpoint = await openRewardModelEndpoint(`onnx:${folder}`, { template: testTemplate, importPeer, ...options })
  onTestFinished(() => endpoint.close())
  return endpoint
}

/** The real packages; the text of every run is put into `texts`. */
function recording(texts: string[]) {
  return async (name: string): Promise<unknown> => {
    const { runtime, tokenizers } = await loadPeers(importPeer)
    if (name !== 'onnxruntime-node') return tokenizers
    const create = async (...given: Parameters<OnnxRuntime['InferenceSession']['create']>): Promise<OnnxSession> => {
      const session = await runtime.InferenceSession.create(...given)
      const { inputNames, outputNames } = session
      const run: OnnxSession['run'] = (feeds) => {
        texts.push(Buffer.from(Array.from(feeds.input_ids!.data, Number)).toString('utf8'))
        return session.run(feeds)
      }
      return { inputNames, outputNames, run }
    }
    return { Tensor: runtime.Tensor, InferenceSession: { create } }
  }
}

const pairs = Array.from({ length: 48 }, (_, number) => ({
  id: String(number),
  response: `${number} ${'Réponse 中文 🙂 '.slice(0, 6 + (number % 4))}${number % 3 ? '' : '<pad>'}`,
  constraint: `Constraint ${number % 2}`,
}))

const title = hasPeers
  ? 'a model in process, with the real packages'
  : 'a model in process, with the real packages (skipped: onnxruntime-node and @huggingface/tokenizers are not installed)'

describe.skipIf(!hasPeers)(title, () => {
  const models: readonly (Partial<TinyModel> & { readonly frame?: boolean })[] = [
    { pooling: 'last' },
    { pooling: 'mean' },
    { pooling: 'mean', hasMoreInputs: true, frame: true },
    { pooling: 'last', output: 'float16' },
  ]

  it.each(models)(
    'scores a text alone as in a batch, whatever its padding would do: %o',
    async ({ frame, ...model }) => {
      const endpoint = await open(checkpoint({ model, tokenizer: byteTokenizer({ frame: frame ?? false }) }))
      const together = await endpoint.score(pairs)
      expect(endpoint.stats.requests).toBeLessThan(pairs.length)
      expect(new Set(together.map(({ p }) => p?.toFixed(4))).size).toBeGreaterThan(10)
      for (const [index, pair] of pairs.entries()) {
        const [alone] = await endpoint.score([pair])
        expect(Math.abs(alone!.p! - together[index]!.p!)).toBeLessThan(1e-4)
      }
    },
  )

  it('reads half precision as the same numbers', async () => {
    const [single, half] = await Promise.all([
      open(checkpoint({ model: { output: 'float' } })).then((endpoint) => endpoint.score(pairs)),
      open(checkpoint({ model: { output: 'float16' } })).then((endpoint) => endpoint.score(pairs)),
    ])
    for (const [index, { p }] of single!.entries()) expect(Math.abs(half![index]!.p! - p!)).toBeLessThan(2e-3)
  })

  it.each(['tail', 'head', 'middle'] as const)('cuts the response alone, to the last token: %s', async (overlong) => {
    const folder = checkpoint({ config: { max_position_embeddings: 120 } })
    const texts: string[] = []
    const endpoint = await open(folder, { overlong, importPeer: recording(texts) })
    const [cut] = await endpoint.score([{ id: 'a', response: `start ${'x'.repeat(5000)} 终`, constraint: 'Say so.' }])
    expect(cut).toMatchObject({ truncated: true, p: expect.any(Number) })
    // The text around takes 26 bytes and the constraint 7: the other 87 are the response's, one token a byte.
    const kept = {
      tail: `${'x'.repeat(83)} 终`,
      head: `start ${'x'.repeat(81)}`,
      middle: `start ${'x'.repeat(34)}\n[...]\n${'x'.repeat(36)} 终`,
    }
    expect(texts).toEqual([`Response<<${kept[overlong]}>>Constraint<<Say so.>>`])
  })

  it('refuses what is too long where that is asked for, and names both lengths', async () => {
    const endpoint = await open(checkpoint({ config: { max_position_embeddings: 120 } }), { overlong: 'error' })
    const [score] = await endpoint.score([{ id: 'a', response: 'x'.repeat(100), constraint: 'Say so.' }])
    expect(score).toMatchObject({ p: null, error: 'rm_overlong: 133 tokens, the limit is 120' })
  })

  it('gives no score of three classes or one', async () => {
    for (const classes of [1, 3]) {
      const endpoint = await open(checkpoint({ model: { classes } }))
      expect((await endpoint.score(pairs.slice(0, 1)))[0]!.error).toContain(`1 x ${classes}`)
    }
  })

  it('changes its identity with the weights, the tokenizer and the file of the weights', async () => {
    const ids = new Set<string>()
    const named = (folder: string) => open(folder).then(({ id }) => id.replace(/^onnx [^#]*/, ''))
    ids.add(await named(checkpoint()))
    ids.add(await named(checkpoint()))
    expect(ids.size).toBe(1)
    ids.add(await named(checkpoint({ model: { pooling: 'mean' } })))
    ids.add(await named(checkpoint({ tokenizer: byteTokenizer({ frame: true }) })))
    const folder = checkpoint()
    appendFileSync(join(folder, 'onnx/model.onnx_data'), 'weights')
    ids.add(await named(folder))
    appendFileSync(join(folder, 'onnx/model.onnx_data'), 'others')
    ids.add(await named(folder))
    expect(ids.size).toBe(5)
  })

  it('names the file that cannot be loaded', async () => {
    const folder = checkpoint()
    writeFileSync(join(folder, 'onnx/model.onnx'), 'no model')
    await expect(open(folder)).rejects.toMatchObject({
      code: 'broken-checkpoint',
      message: expect.stringContaining('model.onnx'),
    })
    const other = checkpoint({ tokenizer: { model: {} } })
    await expect(open(other)).rejects.toMatchObject({
      code: 'broken-checkpoint',
      message: expect.stringContaining('tokenizer.json'),
    })
  })
})
