import { describe, expect, it } from 'vitest'
import { nodeFlags } from '../../../src/checkers/python/node-flags.ts'

describe('options of the sandbox process', () => {
  it('turns the permission model on under the name that this Node knows', () => {
    expect(nodeFlags([], (flag) => flag === '--permission')[0]).toBe('--permission')
    expect(nodeFlags([], () => false)[0]).toBe('--experimental-permission')
  })

  it('allows to read the given places and allows nothing else', () => {
    const allowed = nodeFlags(['/a/', '/b.mjs']).filter((flag) => flag.startsWith('--allow'))
    expect(allowed).toEqual(['--allow-fs-read=/a/', '--allow-fs-read=/b.mjs'])
  })
})
