import { describe, expect, it } from 'vitest'
import { didYouMean, knownNamesHint } from '../../src/core/did-you-mean.ts'

describe('didYouMean', () => {
  it('finds the name that a typing error stands for', () => {
    expect(didYouMean('ifevla', ['cfbench', 'ifeval'])).toBe('ifeval')
    expect(didYouMean('FollowBench', ['cfbench', 'followbench'])).toBe('followbench')
  })

  it('names nothing when no known name is near', () => {
    expect(didYouMean('mmlu', ['cfbench', 'followbench'])).toBeUndefined()
    expect(didYouMean('x', [])).toBeUndefined()
  })

  it('puts the near name before the list of known ones', () => {
    expect(knownNamesHint('cfbenhc', ['cfbench', 'ifeval'])).toBe('Did you mean `cfbench`? Known: cfbench, ifeval')
    expect(knownNamesHint('mmlu', ['cfbench'])).toBe('Known: cfbench')
  })
})
