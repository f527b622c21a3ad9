import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadModel, shippedModel } from '../../../../src/checkers/reward-model/embedded/model-file.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'model-file-'))
  cpSync(shippedModel, folder, { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true }))

function change(edit: (head: Record<string, unknown>) => void): void {
  const file = join(folder, 'model.json')
  const head = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
  edit(head)
  writeFileSync(file, JSON.stringify(head))
}

describe('a folder of weights', () => {
  it('is read whole: the last crosses, too', () => {
    const { crosses, trees } = loadModel(folder)
    const bytes = new Int8Array(readFileSync(join(folder, 'model.bin')))
    expect(crosses.weights.at(-1)).toBe(bytes.at(-1))
    expect(crosses.weights.some((weight) => weight < 0)).toBe(true)
    expect(trees.leaves).toHaveLength(trees.trees * 2 ** trees.depth)
  })

  it.each<[string, (head: Record<string, unknown>) => void, RegExp]>([
    ['another layout', (head) => Object.assign(head, { format: 1 }), /format 2, got 1: train again/],
    ['other features', (head) => Object.assign(head, { featureVersion: 1 }), /feature version 2, got 1: train again/],
    ['a hash of other bytes', (head) => Object.assign(head, { weights: { sha256: 'x', bytes: 1 } }), /sha256 x/],
    ['fewer trees than bytes', (head) => Object.assign(head, { trees: 199 }), /bytes of weights/],
    [
      'relevance of another width',
      (head) => Object.assign(head, { relevance: { weights: [1], offset: 0 } }),
      /relevance/,
    ],
  ])('is refused with %s', (_name, edit, message) => {
    change(edit)
    expect(() => loadModel(folder)).toThrow(message)
  })
})
