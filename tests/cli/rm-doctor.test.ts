import { describe, expect, it } from 'vitest'
import { bench } from './_bench.ts'
import { startRewardModel } from './_mock-reward-model.ts'

interface Findings {
  readonly findings: readonly { readonly what: string; readonly state: string; readonly detail: string }[]
}

async function examine(spec: string): Promise<Findings['findings']> {
  const { stdout } = await bench(['doctor', '--bench', 'cfbench', '--rm', spec, '--json'])
  return (JSON.parse(stdout) as Findings).findings.filter(({ what }) => what === 'reward model')
}

describe('bench doctor --rm', () => {
  it('says what kind of server and model was found, by GET alone', async () => {
    await using rm = await startRewardModel()
    const [found, recognised, wording] = await examine(rm.url)
    expect(found).toMatchObject({ state: 'ok', detail: expect.stringContaining(`vllm ${rm.url}#rm`) })
    expect(recognised).toMatchObject({ state: 'note', detail: expect.stringContaining('recognised as vllm') })
    expect(wording).toMatchObject({ state: 'note', detail: expect.stringContaining('house-prompt') })
    expect(new Set(rm.methods)).toEqual(new Set(['GET']))
  })

  it('tells a server that is not there', async () => {
    const [missing] = await examine('http://127.0.0.1:9')
    expect(missing).toMatchObject({ state: 'missing', detail: expect.stringContaining('http://127.0.0.1:9') })
  })
})
