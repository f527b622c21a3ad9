import type { DataSource, Edition } from '../benchmark.ts'
import { subsetFiles } from './requirement-subsets.ts'
import { type Requirement, requirements } from './schema.ts'

const languages = ['zh', 'en'] as const

/** The versions, and of each the queries of one requirement: upstream's own subsets, at a fraction of the calls. */
export const editions: readonly Edition[] = [
  { id: 'v2', title: 'version 2 (1,000 queries)', dataset: 'writingbench-v2', languages, items: 1000 },
  { id: 'v1', title: 'version 1 (1,239 queries, other criteria)', dataset: 'writingbench-v1', languages, items: 1239 },
  subset(2, 'style', null),
  subset(2, 'format', null),
  subset(2, 'length', 222),
  subset(1, 'style', 395),
  subset(1, 'format', 342),
  subset(1, 'length', 214),
].map((edition) => ({ ...edition, title: `WritingBench, ${edition.title}` }))

/** @param items number of items; null where nobody has counted them */
function subset(version: 1 | 2, requirement: Requirement, items: number | null): Edition {
  return {
    id: `v${version}-${requirement}`,
    title: `version ${version}, queries with a ${requirement} requirement`,
    dataset: `writingbench-v${version}`,
    languages,
    items,
  }
}

/** What an edition is made of. */
export interface EditionParts {
  readonly version: 1 | 2
  /** Key under which its records have their criteria. */
  readonly spelling: 'checklist' | 'criteria'
  /** The requirement whose subset it is; null for a whole version. */
  readonly requirement: Requirement | null
}

/** Reads the id of an edition. The embedded sample has the format of version 2. */
export function editionParts({ edition, isSample }: Pick<DataSource, 'edition' | 'isSample'>): EditionParts {
  const [id, part] = edition.split('-', 2)
  const version = id === 'v1' && !isSample ? 1 : 2
  return {
    version,
    spelling: version === 1 ? 'criteria' : 'checklist',
    requirement: requirements.find((requirement) => requirement === part) ?? null,
  }
}

/** Editions that could be run in place of a whole version whose file is not installed. */
export function installedParts({ edition, optionalPath }: DataSource): string[] {
  return requirements
    .filter((requirement) => {
      const { r, c } = subsetFiles(requirement)
      return optionalPath(r) !== null && optionalPath(c) !== null
    })
    .map((requirement) => `${edition}-${requirement}`)
}
