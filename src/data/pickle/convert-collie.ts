import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { collieGlobals } from './collie-globals.ts'
import { type CollieEntry, collieEntries } from './collie-records.ts'
import { type PlainJson, pythonJson } from './plain-json.ts'
import { readPickle } from './read-pickle.ts'

/**
 * Writes `collie_v1.jsonl` from COLLIE's `data/all_data.dill` (princeton-nlp/Collie at
 * efce1c882e995cca65e1244545167a95dba72df9). Nothing of the pickle is run.
 * @throws DataError when the pickle holds anything but COLLIE-v1's plain data and classes
 */
export async function convertCollie(inputPath: string, outputPath: string): Promise<void> {
  await convert(inputPath, outputPath, (entry) => entry.record)
}

/** The same for the older one-shot wordings, which 1,192 items have: `{ "id", "oneshot_prompt", "oneshot_example" }`. */
export async function convertCollieOneshot(inputPath: string, outputPath: string): Promise<void> {
  await convert(inputPath, outputPath, (entry) => entry.oneshot)
}

async function convert(
  inputPath: string,
  outputPath: string,
  pick: (entry: CollieEntry) => PlainJson | null,
): Promise<void> {
  const root = readPickle(await readFile(inputPath), collieGlobals, inputPath)
  const lines: string[] = []
  for (const entry of collieEntries(root, inputPath)) {
    const json = pick(entry)
    if (json !== null) lines.push(`${pythonJson(json)}\n`)
  }
  const unfinished = `${outputPath}.part`
  try {
    await writeFile(unfinished, lines.join(''))
    await rename(unfinished, outputPath)
  } finally {
    await rm(unfinished, { force: true })
  }
}
