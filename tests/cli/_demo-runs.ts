import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bench } from './_bench.ts'

/** Benchmarks of the fixture runs: rules alone, a judge, levels that hang together, conversations. */
export const demoBenchmarks = ['ifeval', 'cfbench', 'followbench', 'collie', 'multichallenge']

/** The two recorded checkpoints on the embedded sample, run by the built command. */
export interface DemoRuns {
  readonly root: string
  readonly base: string
  readonly tuned: string
  /** A copy of one of them, changed on disk. */
  copy(of: 'base' | 'tuned', name: string, change?: (folder: string) => void): string
  dispose(): void
}

export async function demoRuns(): Promise<DemoRuns> {
  const root = mkdtempSync(join(tmpdir(), 'heed-runs-'))
  const folder = (name: string) => join(root, name)
  for (const name of ['base', 'tuned']) {
    const args = [
      'run',
      '--bench',
      demoBenchmarks.join(','),
      '--model',
      `demo/${name}`,
      '--out',
      folder(name),
      '--quiet',
    ]
    const { code, stderr } = await bench(args)
    if (code !== 0 && code !== 1) throw new Error(stderr)
  }
  return {
    root,
    base: folder('base'),
    tuned: folder('tuned'),
    copy: (of, name, change = () => undefined) => {
      cpSync(folder(of), folder(name), { recursive: true })
      change(folder(name))
      return folder(name)
    },
    dispose: () => rmSync(root, { recursive: true, force: true }),
  }
}

/** Changes a JSON file of a run folder. */
export function editJson(file: string, edit: (content: never) => void): void {
  const content = JSON.parse(readFileSync(file, 'utf8')) as never
  edit(content)
  writeFileSync(file, JSON.stringify(content))
}

/** Sets the tags of a run. */
export function tag(folder: string, tags: Record<string, string>): void {
  editJson(join(folder, 'manifest.json'), (manifest: { tags: Record<string, string> }) => {
    manifest.tags = tags
  })
}
