import { describe, expect, it } from 'vitest'
import { orderedWindow } from '../../src/runners/ordered-window.ts'

async function* count(n: number, onTake: (index: number) => void = () => undefined) {
  for (let index = 0; index < n; index++) {
    onTake(index)
    yield index
  }
}

describe('orderedWindow', () => {
  it('delivers in the order of the source, whatever finishes first', async () => {
    const delivered: number[] = []
    await orderedWindow(
      count(40),
      8,
      async (n) => {
        await new Promise((resolve) => setTimeout(resolve, (n * 7) % 5))
        return n
      },
      (n) => void delivered.push(n),
    )
    expect(delivered).toEqual(Array.from({ length: 40 }, (_, n) => n))
  })

  it('lets timers and sockets have their turn while a source that answers at once is read', async () => {
    let turns = 0
    const ticker = setInterval(() => {
      turns += 1
    }, 1)
    const work = async (n: number) => {
      const until = performance.now() + 0.5
      while (performance.now() < until);
      return n
    }
    await orderedWindow(count(200), 1000, work, () => undefined)
    clearInterval(ticker)
    expect(turns).toBeGreaterThan(5)
  })

  it('never takes more than the window from a source of a million', async () => {
    let taken = 0
    let delivered = 0
    let widest = 0
    await orderedWindow(
      count(1_000_000, () => {
        taken += 1
        widest = Math.max(widest, taken - delivered)
      }),
      64,
      async (n) => n,
      () => {
        delivered += 1
      },
    )
    expect(delivered).toBe(1_000_000)
    expect(widest).toBeLessThanOrEqual(65)
  })

  it('stops the intake at the first error, waits for what is under way and throws it', async () => {
    const started: number[] = []
    let running = 0
    await expect(
      orderedWindow(
        count(1000),
        4,
        async (n) => {
          started.push(n)
          running += 1
          await new Promise((resolve) => setTimeout(resolve, 2))
          running -= 1
          if (n === 5) throw new Error('five')
          return n
        },
        () => undefined,
      ),
    ).rejects.toThrow('five')
    expect(running).toBe(0)
    expect(started.length).toBeLessThan(20)
  })
})
