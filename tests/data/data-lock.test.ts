import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  dataLock,
  expandNames,
  lockedDataset,
  lockedFile,
  parseDataLock,
  readDataLock,
} from '../../src/data/data-lock.ts'
import { fileEntry, lockJson, tempFolder } from './_fixtures.ts'

const parse = (content: unknown) => () => parseDataLock(content, 'some.lock.json')
const toy = () => lockJson({ toy: [fileEntry('a.json', '[]')] })

describe('the embedded lock', () => {
  const lock = dataLock()

  it('names the data sets and files that adapters ask for', () => {
    const files = (id: string) => lockedDataset(lock, id).files.map(({ name }) => name)
    expect(files('ifeval')).toEqual(['input_data.jsonl'])
    expect(files('punkt')).toEqual(['english.json'])
    expect(files('langdetect')).toHaveLength(56)
    expect(files('langdetect')).toEqual(expect.arrayContaining(['messages.properties', 'profiles/en.json']))
    expect(files('collie')).toEqual(['collie_v1.jsonl'])
    const types = ['content', 'situation', 'style', 'format', 'example', 'mixed']
    expect(files('followbench')).toEqual(['en', 'zh'].flatMap((l) => types.map((t) => `${l}/${t}_constraints.json`)))
    expect(files('followbench-upstream')).toHaveLength(2)
    expect(files('complexbench')).toEqual(['data_final.json'])
    expect(files('complexbench-upstream')).toHaveLength(2)
    expect(files('cfbench')).toEqual(['cfbench_data.json'])
    expect(files('cfbench-upstream')).toEqual(['code/evalaute.py'])
    expect(files('multichallenge')).toEqual(['benchmark_questions.jsonl'])
    expect(files('multichallenge-hf')).toEqual(['test-00000-of-00001.parquet'])
    expect(files('multichallenge-upstream')).toEqual(['src/evaluator.py'])
    expect(files('writingbench-v2')).toContain('requirement/style/style_subset_C.jsonl')
    expect(files('writingbench-v1')).toEqual(files('writingbench-v2'))
    expect(files('writingbench-upstream')).toEqual(['prompt.py'])
    expect(files('agentif')).toEqual(['eval.json'])
    expect(files('ifbench')).toEqual(['IFBench_test.jsonl'])
  })

  it('pins every file by sha256 or git blob and every first address by commit', () => {
    for (const dataset of lock.datasets.values()) {
      for (const file of dataset.files) {
        expect(file.sha256 ?? file.gitBlob, `${dataset.id}/${file.name}`).not.toBeNull()
        expect((file.derivedFrom ?? file).urls[0]).toContain(dataset.commit)
      }
    }
  })

  it('takes another version of AgentIF only, with a warning', () => {
    const lenient = [...lock.datasets.values()].flatMap(({ id, files }) =>
      files.filter(({ onMismatch }) => onMismatch === 'warn').map(({ name }) => `${id}/${name}`),
    )
    expect(lenient).toEqual(['agentif/eval.json'])
  })

  it('makes addresses from patterns', () => {
    const file = lockedFile(lockedDataset(lock, 'cfbench'), 'cfbench_data.json')
    expect(file.urls).toEqual([
      'https://raw.githubusercontent.com/PKU-Baichuan-MLSystemLab/CFBench/0bcbf9b0bcf21113a9813f86ed51a2135b328e41/data/cfbench_data.json',
      'https://cdn.jsdelivr.net/gh/PKU-Baichuan-MLSystemLab/CFBench@0bcbf9b0bcf21113a9813f86ed51a2135b328e41/data/cfbench_data.json',
    ])
  })

  it('expands benchmarks and suites, each data set once, in the order of the lock', () => {
    const ids = (...names: string[]) => expandNames(lock, names).map(({ id }) => id)
    expect(ids('ifeval')).toEqual(['ifeval', 'punkt', 'langdetect'])
    expect(ids('writingbench')).toEqual(['writingbench-v2', 'writingbench-upstream'])
    expect(ids('collie', 'ifeval', 'ifeval')).toEqual(['ifeval', 'punkt', 'langdetect', 'collie'])
    expect(ids('id')).toEqual([
      'ifeval',
      'punkt',
      'langdetect',
      'followbench',
      'followbench-upstream',
      'cfbench',
      'cfbench-upstream',
    ])
    expect(ids()).toHaveLength(lock.datasets.size)
    expect(ids('all')).toHaveLength(lock.datasets.size)
  })

  it('refuses unknown names with a near one', () => {
    expect(() => expandNames(lock, ['ifevla'])).toThrow(
      expect.objectContaining({ exitCode: 2, hint: expect.stringContaining('Did you mean `ifeval`?') }),
    )
    expect(() => lockedDataset(lock, 'constructor')).toThrow(/data set, got `constructor`/)
    expect(() => lockedFile(lockedDataset(lock, 'followbench'), 'en/style.json')).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('en/style_constraints.json') }),
    )
  })
})

describe('a broken lock', () => {
  it('is refused with file and place', () => {
    const wrongHash = lockJson({ toy: [{ ...fileEntry('a.json', '[]'), sha256: 'ABC' }] })
    expect(parse(wrongHash)).toThrow('some.lock.json: datasets.0.files.0.sha256: Expected 64 lower-case hexadecimal')
    expect(parse({ ...toy(), version: 2 })).toThrow(/version/)
    expect(parse({ ...toy(), datasets: [] })).toThrow(/datasets/)
    expect(parse(null)).toThrow(/top level/)
  })

  it('may not name files outside the data directory', () => {
    for (const name of ['../a.json', '/etc/passwd', 'a/../../b', 'a\\b', '.pull-lock', 'receipts.json', '']) {
      expect(parse(lockJson({ toy: [fileEntry(name, '[]')] })), name).toThrow(/files\.0\.name/)
    }
  })

  it('may not name anything twice or unknown', () => {
    const twoFiles = lockJson({ toy: [fileEntry('a.json', '[]'), fileEntry('a.json', '[1]')] })
    expect(parse(twoFiles)).toThrow(/data set toy: Expected every file once, got a\.json/)
    const [dataset] = toy().datasets
    expect(parse({ ...toy(), datasets: [dataset, dataset] })).toThrow(/every data set id once/)
    expect(parse({ ...toy(), bundles: { some: ['toys'] } })).toThrow(/bundle some: .*`toys`/)
    const derivedFrom = { converter: 'run-it', path: 'a.dill', sha256: 'a'.repeat(64) }
    const unknown = lockJson({ toy: [fileEntry('a.json', '[]', { derivedFrom })] })
    expect(parse(unknown)).toThrow(/toy\/a\.json: Expected a known converter \(collie-pickle\), got `run-it`/)
    expect(parse(lockJson({ toy: [fileEntry('a.json', '[]', { sha265: 'x' })] }))).toThrow(/sha265/)
  })

  it('may not send anybody anywhere but to http addresses', () => {
    expect(parse(lockJson({ toy: [fileEntry('a.json', '[]')] }, ['file:///{path}']))).toThrow(/sources/)
    expect(parse(lockJson({ toy: [fileEntry('a.json', '[]', { urls: ['ftp://x.invalid/a'] })] }))).toThrow(/urls/)
  })

  it('that is no JSON is named', () => {
    const file = join(tempFolder(), 'x.json')
    writeFileSync(file, '{"version": 1,')
    expect(() => readDataLock(file)).toThrow(`${file}: Expected a data lock file in JSON`)
  })
})
