import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bench, temporaryFolder } from './_bench.ts'

/** Pairs whose label is whether the response holds the quoted word. */
function writePairs(file: string): void {
  const words = ['lantern', 'pebble', 'harbour', 'thistle', 'ember']
  const lines = Array.from({ length: 400 }, (_, index) => {
    const word = words[index % 5]!
    const label = (index >> 1) % 2
    const response = label === 1 ? `A ${word} number ${index}.` : `Nothing of the kind, number ${index}.`
    return JSON.stringify({ id: index, response, constraint: `Mention "${word}".`, label, group: `g${index % 40}` })
  })
  writeFileSync(file, `${lines.join('\n')}\n`)
}

const fast = ['--pairs-only', '--trees', '20', '--depth', '3', '--quiet']

describe('bench rm train', () => {
  it('learns from labelled pairs, and writes the same bytes for the same pairs', async () => {
    using folder = temporaryFolder()
    const pairs = join(folder.path, 'pairs.jsonl')
    writePairs(pairs)
    const outputs = [join(folder.path, 'a'), join(folder.path, 'b')]
    for (const out of outputs) {
      const { code, stdout, stderr } = await bench(['rm', 'train', '--out', out, '--pairs', pairs, ...fast])
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(stdout).toContain('source pairs-judged')
    }
    for (const file of ['model.json', 'model.bin', 'quality.json']) {
      expect(readFileSync(join(outputs[0]!, file))).toEqual(readFileSync(join(outputs[1]!, file)))
    }
    expect(readFileSync(join(outputs[0]!, 'model.json'), 'utf8')).not.toContain('lantern')
    const scored = await bench(['rm', 'eval', pairs, '--rm', `embedded:${outputs[0]}`, '--json', '--resamples', '20'])
    expect(scored.code).toBe(0)
    const { scorer, overall } = JSON.parse(scored.stdout) as {
      scorer: string
      overall: { accuracy: { value: number } }
    }
    expect(scorer).toMatch(/^rm:embedded@[0-9a-f]{8}$/)
    expect(overall.accuracy.value).toBeGreaterThan(0.95)
  })

  it('names the folder that holds no training data', async () => {
    using folder = temporaryFolder()
    const out = join(folder.path, 'model')
    const { code, stderr } = await bench(['rm', 'train', '--out', out, '--golden', '/nowhere/golden', '--quiet'])
    expect(code).toBe(2)
    expect(stderr).toContain('/nowhere/golden')
  })

  it('refuses weights that do not belong to their head', async () => {
    using folder = temporaryFolder()
    const pairs = join(folder.path, 'pairs.jsonl')
    writePairs(pairs)
    const out = join(folder.path, 'model')
    await bench(['rm', 'train', '--out', out, '--pairs', pairs, ...fast])
    writeFileSync(join(out, 'model.bin'), Buffer.from(readFileSync(join(out, 'model.bin'))).fill(1, 0, 4))
    const { code, stderr } = await bench(['rm', 'eval', pairs, '--rm', `embedded:${out}`])
    expect(code).toBe(2)
    expect(stderr).toContain('sha256')
  })
})
