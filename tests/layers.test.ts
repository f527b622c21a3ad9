import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const sourceRoot = join(dirname(fileURLToPath(import.meta.url)), '../src')

/** From the top down: a file may import from its own layer and from those behind it in this list. */
const layers = ['cli', 'report', 'runners', 'benchmarks', 'checkers', 'models', 'data', 'stats', 'text', 'core']

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) => match[1]!)
}

function layerOf(file: string): string {
  return relative(sourceRoot, file).split(sep)[0]!
}

function upwardImports(files: readonly string[]): string[] {
  return files.flatMap((file) => {
    const from = layers.indexOf(layerOf(file))
    if (from === -1) return []
    return importsOf(file)
      .map((specifier) => resolve(dirname(file), specifier))
      .filter((target) => layers.indexOf(layerOf(target)) < from)
      .map((target) => `${relative(sourceRoot, file)} -> ${relative(sourceRoot, target)}`)
  })
}

describe('layers', () => {
  const files = sourceFiles(sourceRoot)

  it('has only the folders of the architecture at the top', () => {
    const folders = readdirSync(sourceRoot, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
    expect(folders.sort()).toEqual([...layers].sort())
  })

  it('finds imports at all, so that the next test can fail', () => {
    expect(files.flatMap(importsOf).length).toBeGreaterThan(50)
  })

  it('imports downwards only', () => {
    expect(upwardImports(files)).toEqual([])
  })

  it('keeps a concrete benchmark out of shared code: only its own folder and the registry name it', () => {
    const benchmarkFolders = readdirSync(join(sourceRoot, 'benchmarks'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
    // The reward model is trained on recorded verdicts of concrete benchmarks, one reader each.
    const isTrainingReader = (file: string) => /^cli\/commands\/_rm-[a-z-]+\.ts$/.test(relative(sourceRoot, file))
    const shared = files.filter((file) => !isTrainingReader(file))
    const offenders = shared.flatMap((file) =>
      importsOf(file)
        .map((specifier) => relative(sourceRoot, resolve(dirname(file), specifier)).split(sep))
        .filter(([layer, folder]) => layer === 'benchmarks' && benchmarkFolders.includes(folder ?? ''))
        .filter(([, folder]) => {
          const own = relative(sourceRoot, file).split(sep)
          return !(own[0] === 'benchmarks' && (own[1] === folder || own[1] === 'registry.ts'))
        })
        .map((target) => `${relative(sourceRoot, file)} -> ${target.join('/')}`),
    )
    expect(offenders).toEqual([])
  })
})
