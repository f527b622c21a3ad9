import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'

/** Folders of one conformance run. */
export interface ConformanceFolders {
  /** Folder with the golden files of this suite. */
  readonly golden: string
  /** Root of the data folders (`data/ifeval`, `data/punkt`, ...). */
  readonly data: string
}

/** Replays the golden files of one area through the real code paths. */
export interface ConformanceSuite {
  readonly name: string
  run(folders: ConformanceFolders, report: ConformanceReport): Promise<void>
}

interface Tally {
  agree: number
  readonly misses: { readonly id: string; readonly detail: string }[]
  readonly skips: { readonly id: string; readonly reason: string }[]
}

/** Collects agreement per golden file and per group (constraint type, rule, function) inside it. */
export class ConformanceReport {
  readonly tallies = new Map<string, Map<string, Tally>>()
  readonly absentFiles: string[] = []

  /**
   * Path of a golden file, or null when the folder lacks it (a partial golden folder): then it is listed as absent.
   */
  file(folders: ConformanceFolders, name: string): string | null {
    const path = join(folders.golden, name)
    if (existsSync(path)) return path
    this.absentFiles.push(`${basename(folders.golden)}/${name}`)
    return null
  }

  /** Records one compared case. `detail` is evaluated only for a miss: say what was expected and what came. */
  check(file: string, group: string, id: string, agrees: boolean, detail: () => string): void {
    const tally = this.#tally(file, group)
    if (agrees) tally.agree += 1
    else tally.misses.push({ id, detail: detail() })
  }

  /** Records a case that cannot be compared, by name and with the reason. Only what the golden README allows. */
  skip(file: string, group: string, id: string, reason: string): void {
    this.#tally(file, group).skips.push({ id, reason })
  }

  #tally(file: string, group: string): Tally {
    let groups = this.tallies.get(file)
    if (!groups) {
      groups = new Map()
      this.tallies.set(file, groups)
    }
    let tally = groups.get(group)
    if (!tally) {
      tally = { agree: 0, misses: [], skips: [] }
      groups.set(group, tally)
    }
    return tally
  }
}
