import { readFile } from 'node:fs/promises'
import { createTokenizers, type Tokenizers } from '../../checkers/collie/tokenizers.ts'
import { DataError } from '../../core/errors.ts'
import { housePunktParameters } from '../../text/house-punkt.ts'
import { parsePunktParameters } from '../../text/punkt-parameters.ts'
import type { Resources } from '../benchmark.ts'

/** Tokenizers with the marks that scores made with them carry. */
export interface LoadedTokenizers {
  readonly tokenizers: Tokenizers
  readonly labels: readonly string[]
}

/**
 * Reads the trained Punkt tables. The embedded sample does without them when they are not installed, marked
 * `house-assets`; the real data set never does, because some verdicts would be wrong.
 * @throws DataError `missing-asset` when the real data set is scored without the tables
 */
export async function loadTokenizers(resources: Resources): Promise<LoadedTokenizers> {
  const file = resources.asset('punkt', 'english.json')
  if (file !== null) {
    return { tokenizers: createTokenizers(parsePunktParameters(await readFile(file, 'utf8'), file)), labels: [] }
  }
  if (!resources.isSample) {
    throw new DataError('missing-asset', 'Expected the Punkt parameters (data set `punkt`), found none installed', {
      hint: 'bench data pull collie',
    })
  }
  return { tokenizers: createTokenizers(housePunktParameters), labels: ['house-assets'] }
}
