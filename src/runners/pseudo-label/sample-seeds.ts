import { samplePath } from '../../data/samples.ts'
import { pseudoLabelName } from './run-pseudo-label.ts'
import { readSeeds, type Seed } from './seed.ts'

/**
 * Seeds of our own for a try without data: five with constraints, one for the generator. Responses to all their levels,
 * and the generator's reply, are recorded for `demo/base` and `demo/tuned`.
 */
export async function sampleSeeds(hasGenerator: boolean): Promise<readonly Seed[]> {
  const seeds = await readSeeds(samplePath(pseudoLabelName, 'items.jsonl')!, null)
  return hasGenerator ? seeds : seeds.filter(({ constraints }) => constraints !== undefined)
}
