import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { proveTemplates } from '../../../src/data/upstream-template/index.ts'
import { tempFolder, writeFiles } from '../_fixtures.ts'

describe('proveTemplates', () => {
  it('tries every prompt of the installed files and says what is wrong with each', async () => {
    const folder = tempFolder()
    writeFiles(folder, { 'prompt.py': 'evaluate_system = """You rate."""\n', 'judge.py': 'x = 1\n' })
    const writing = await proveTemplates('writingbench-upstream', (_dataset, file) => join(folder, file))
    expect(writing.map(({ id, error }) => [id, error?.code])).toEqual([
      ['writingbench/system', 'template-digest'],
      ['writingbench/prompt', 'literal-not-found'],
    ])
    const follow = await proveTemplates('followbench-upstream', (_dataset, file) =>
      file.startsWith('code/') ? join(folder, 'judge.py') : null,
    )
    expect(follow).toMatchObject([{ id: 'followbench/judge-en', error: { code: 'literal-not-found' } }])
  })

  it('has nothing to prove in data sets without prompts', async () => {
    expect(await proveTemplates('ifeval', () => '/nowhere')).toEqual([])
  })
})
