import { describe, expect, it } from 'vitest'
import { CallTurns } from '../../src/runners/call-turns.ts'

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

async function begin(turns: CallTurns, line: 'scoring' | 'generating', name: string, begun: string[]): Promise<void> {
  await turns.pass(line)
  begun.push(name)
}

describe('CallTurns', () => {
  it('begins sixteen calls a turn and all of them in the end, in order', async () => {
    const turns = new CallTurns()
    const begun: string[] = []
    const names = Array.from({ length: 100 }, (_unused, index) => String(index))
    const all = names.map((name) => begin(turns, 'scoring', name, begun))
    await Promise.resolve()
    expect(begun).toEqual(names.slice(0, 16))
    await turn()
    await turn()
    expect(begun.length).toBeLessThan(100)
    await Promise.all(all)
    expect(begun).toEqual(names)
  })

  it('lets calls that score go before those that ask for new responses', async () => {
    const turns = new CallTurns()
    const begun: string[] = []
    const all = Array.from({ length: 40 }, () => begin(turns, 'generating', 'new', begun))
    for (let index = 0; index < 10; index++) all.push(begin(turns, 'scoring', 'score', begun))
    await Promise.all(all)
    expect(begun.slice(16, 26)).toEqual(Array(10).fill('score'))
    expect(begun.filter((name) => name === 'new')).toHaveLength(40)
  })

  it('begins at once again when a turn has passed without calls', async () => {
    const turns = new CallTurns()
    await Promise.all(Array.from({ length: 50 }, () => turns.pass('scoring')))
    await turn()
    await turn()
    expect(turns.pass('generating')).toBeUndefined()
  })
})
