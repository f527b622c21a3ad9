/**
 * Turns a verified upstream file into the file that adapters read. Writes `outputPath` whole or throws; `pull` checks
 * the hash of what was written and installs it.
 */
export type Converter = (inputPath: string, outputPath: string) => Promise<void>

/** Converters by the id that `data.lock.json` names in `derivedFrom.converter`. */
export const converters: ReadonlyMap<string, Converter> = new Map<string, Converter>([
  [
    'collie-pickle',
    async (inputPath, outputPath) => {
      const { convertCollie } = await import('./pickle/convert-collie.ts')
      await convertCollie(inputPath, outputPath)
    },
  ],
])
