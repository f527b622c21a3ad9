import { spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { openDataDirectory } from '../../src/data/data-directory.ts'
import { pull } from '../../src/data/pull.ts'
import { lockForPull, pullLockName } from '../../src/data/pull-lock.ts'
import {
  commit,
  fastNetwork,
  fileEntry,
  httpServer,
  itemsText,
  promptText,
  serve,
  tempFolder,
  testLock,
  toyLock,
  writeFiles,
} from './_fixtures.ts'

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((letter) => `${letter}.txt`)
const contentOf = (name: string) => `${name}\n`.repeat(5000)
const manyAt = (server: string) =>
  testLock({ toy: names.map((name) => fileEntry(name, contentOf(name))) }, [`${server}/{commit}/{path}`])

async function slowServer() {
  const routes = names.map((name) => {
    const handler = serve(contentOf(name))
    const slow: typeof handler = (request, response, count) => {
      setTimeout(() => handler(request, response, count), 20)
    }
    return [`/${commit}/upstream/${name}`, slow] as const
  })
  return httpServer(Object.fromEntries(routes))
}

/** Runs as a user without rights where the tests run as root, so that permissions count. */
async function withoutRights<T>(run: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return run()
  process.seteuid!(65_534)
  try {
    return await run()
  } finally {
    process.seteuid!(0)
  }
}

describe('pulls at the same time', () => {
  it('fetch every file once and leave one good set of receipts', async () => {
    const { url, requests } = await slowServer()
    const options = { dataDirectory: tempFolder(), lock: manyAt(url), network: fastNetwork }
    const reports = await Promise.all([pull([], options), pull([], options), pull([], options)])
    expect(requests).toHaveLength(names.length)
    for (const { files } of reports) expect(files.every(({ outcome }) => /installed|present/.test(outcome))).toBe(true)
    const status = openDataDirectory(options.dataDirectory, options).status('toy')
    expect(status.files.every((file) => file.state === 'ok' && !file.isNew && file.receipt.trust === 'verified')).toBe(
      true,
    )
    expect(readdirSync(join(options.dataDirectory, 'toy')).sort()).toEqual([...names, 'receipts.json'])
  })

  it('of several processes, killed at any moment, end in a good directory', async () => {
    const { url } = await slowServer()
    const dataDirectory = tempFolder()
    const lockFile = join(tempFolder(), 'lock.json')
    const { lockJson } = await import('./_fixtures.ts')
    const files = names.map((name) => fileEntry(name, contentOf(name)))
    writeFileSync(lockFile, JSON.stringify(lockJson({ toy: files }, [`${url}/{commit}/{path}`])))
    const script = join(tempFolder(), 'pull.mts')
    const source = (name: string) => JSON.stringify(fileURLToPath(new URL(`../../src/data/${name}`, import.meta.url)))
    writeFileSync(
      script,
      `const { pull } = await import(${source('pull.ts')})
const { readDataLock } = await import(${source('data-lock.ts')})
console.log('ready')
await pull([], { dataDirectory: ${JSON.stringify(dataDirectory)}, lock: readDataLock(${JSON.stringify(lockFile)}) })`,
    )
    for (const wait of [15, 40, 65, 90]) {
      const child = spawn(process.execPath, ['--import', 'tsx', script], { cwd: join(import.meta.dirname, '../..') })
      // Listened for from the start: a process that is done before the kill has ended by then.
      const ended = new Promise((resolve) => child.once('exit', resolve))
      await new Promise((resolve) => child.stdout.once('data', resolve))
      await new Promise((resolve) => setTimeout(resolve, wait))
      child.kill('SIGKILL')
      await ended
    }
    const report = await pull([], { dataDirectory, lock: manyAt(url), network: fastNetwork })
    expect(report.files.every(({ outcome }) => /installed|present/.test(outcome))).toBe(true)
    for (const name of names) expect(readFileSync(join(dataDirectory, 'toy', name), 'utf8')).toBe(contentOf(name))
  })
})

describe('lockForPull', () => {
  it('takes over the lock of a process that is gone, and one that nobody refreshes', async () => {
    const folder = tempFolder()
    const file = join(folder, pullLockName)
    const gone = spawn(process.execPath, ['-e', ''])
    await new Promise((resolve) => gone.once('exit', resolve))
    writeFileSync(file, `${gone.pid} on ${hostname()} (x)`)
    ;(await lockForPull(folder)).release()
    writeFileSync(file, '1 on another-machine (x)')
    utimesSync(file, new Date(0), new Date(0))
    ;(await lockForPull(folder)).release()
    expect(readdirSync(folder)).toEqual([])
  })

  it('waits for a live holder and says whom it waits for', async () => {
    const folder = tempFolder()
    const first = await lockForPull(folder)
    const holders: string[] = []
    const second = lockForPull(folder, { poll: 5, onWait: (holder) => holders.push(holder) })
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(holders).toEqual([expect.stringContaining(`${process.pid} on`)])
    first.release()
    ;(await second).release()
  })
})

describe('a place that cannot be written', () => {
  const fromGood = () => {
    const from = tempFolder()
    writeFiles(from, { a: itemsText, b: promptText })
    return from
  }

  it('is named when it is read-only, with another way', async () => {
    const from = fromGood()
    chmodSync(from, 0o755)
    const parent = tempFolder()
    chmodSync(parent, 0o555)
    const error = await withoutRights(() =>
      pull([], { dataDirectory: join(parent, 'data'), from, lock: toyLock() }).catch((caught: unknown) => caught),
    )
    expect(error).toMatchObject({ code: 'not-writable', exitCode: 2, hint: expect.stringContaining('--data-dir') })
    expect((error as Error).message).toContain(parent)
  })

  it('serves installed files all the same', async () => {
    const root = tempFolder()
    writeFiles(root, { 'toy/items.jsonl': itemsText, 'toy/sub/prompt.py': promptText })
    for (const folder of [root, join(root, 'toy'), join(root, 'toy/sub')]) chmodSync(folder, 0o555)
    const { state, report } = await withoutRights(async () => ({
      state: openDataDirectory(root, { lock: toyLock() }).status('toy').state,
      report: await pull([], { dataDirectory: root, lock: toyLock(), isOffline: true }),
    }))
    expect(state).toBe('installed')
    expect(report.files.map(({ outcome }) => outcome)).toEqual(['present', 'present'])
    expect(existsSync(join(root, 'toy/receipts.json'))).toBe(false)
    for (const folder of [root, join(root, 'toy'), join(root, 'toy/sub')]) chmodSync(folder, 0o755)
  })

  it('is named when a file stands where a folder must be', async () => {
    const root = tempFolder()
    writeFileSync(join(root, 'data'), 'a file')
    await expect(pull([], { dataDirectory: join(root, 'data'), from: fromGood(), lock: toyLock() })).rejects.toThrow(
      expect.objectContaining({ code: 'not-a-folder', exitCode: 2 }),
    )
  })

  it.skipIf(!existsSync('/dev/full'))('is named when the disk is full', async () => {
    const { url } = await slowServer()
    const dataDirectory = tempFolder()
    mkdirSync(join(dataDirectory, 'toy'))
    symlinkSync('/dev/full', join(dataDirectory, 'toy/a.txt.part'))
    const options = { dataDirectory, lock: manyAt(url), network: fastNetwork }
    const error = await pull([], options).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'disk-full', exitCode: 2 })
    expect((error as Error).message).toContain(join(dataDirectory, 'toy/a.txt.part'))
  })
})
