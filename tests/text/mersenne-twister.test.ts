import fc from 'fast-check'
import { expect, it } from 'vitest'
import { PythonRandom } from '../../src/text/mersenne-twister.ts'
import { cpython } from './_cpython.ts'

it('gives the numbers of random.Random for the same seed', async () => {
  const python = await cpython()
  python.run(`def numbers(seed, sizes):
  r = random.Random(seed)
  return [r.getrandbits(32)] + [[repr(r.random()), r.choice(range(n))] for n in sizes]`)
  const original = python.define('numbers')
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 0xffffffff }),
      fc.array(fc.integer({ min: 1, max: 100_000 }), { maxLength: 20 }),
      (seed, sizes) => {
        const random = new PythonRandom(seed)
        const mine = [random.nextUint32(), ...sizes.map((size) => [random.random(), random.choiceIndex(size)])]
        const theirs = original(seed, sizes) as [number, ...[string, number][]]
        expect(mine).toEqual([
          theirs[0],
          ...theirs.slice(1).map((pair) => [Number((pair as [string, number])[0]), (pair as [string, number])[1]]),
        ])
      },
    ),
    { numRuns: 300 },
  )
})

it('keeps the second value of each gauss pair, and passes the end of the first block', async () => {
  const python = await cpython()
  const original = python.define('lambda n: (lambda r: [repr(r.gauss(0.0, 1.0)) for _ in range(n)])(random.Random(0))')
  const random = new PythonRandom(0)
  const mine = Array.from({ length: 701 }, () => random.gauss())
  const theirs = (original(701) as string[]).map(Number)
  expect(mine.length).toBe(theirs.length)
  for (let index = 0; index < mine.length; index += 1) expect(mine[index]).toBeCloseTo(theirs[index]!, 12)
})
