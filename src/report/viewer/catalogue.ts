import { HeedError } from '../../core/errors.ts'
import type { Item } from '../../core/item.ts'
import type { Manifest } from '../../runners/manifest.ts'
import { planAgain } from '../../runners/plan-again.ts'
import { takeItems } from '../../runners/take-items.ts'

/** A constraint as the data has it. */
export interface CatalogueConstraint {
  readonly id: string
  readonly text: string
  /** Numbers of its tags in {@link Catalogue.tags}. */
  readonly tags: readonly number[]
}

interface CatalogueItem {
  readonly constraints: readonly CatalogueConstraint[]
  /** Tags of the item itself. */
  readonly tags: readonly number[]
}

/** Constraints past this one share the last bit of a mask. */
const lastBit = 31
/** Texts of constraints kept in memory, in UTF-16 units: those past it are not shown beside the verdicts. */
const textBudget = 16_000_000
const mostItems = 200_000

/** Constraint texts and tags of the items, from the data that the run was made with. Empty where it is not installed. */
export class Catalogue {
  /** `dimension=value`, by number. */
  readonly tags: string[] = []
  /** Why something is missing, one line each. */
  readonly notes: string[] = []
  readonly #tagNumbers = new Map<string, number>()
  readonly #items: CatalogueItem[] = []
  readonly #numbers = new Map<string, number>()
  #textLeft = textBudget

  /** Number of an item, from 1 on; 0 for one that is not known. */
  numberOf(benchmark: string, item: string): number {
    return this.#numbers.get(`${benchmark}\u0000${item}`) ?? 0
  }

  constraintsOf(number: number): readonly CatalogueConstraint[] {
    return this.#items[number - 1]?.constraints ?? []
  }

  /** Bit of a constraint in an item's masks; 0 for one that is not known. */
  bitOf(number: number, constraint: string): number {
    const index = this.constraintsOf(number).findIndex(({ id }) => id === constraint)
    return index === -1 ? 0 : (1 << Math.min(index, lastBit)) >>> 0
  }

  /** Bits of the item's constraints that have a tag; all bits where the item itself has it. */
  maskOf(number: number, tag: number): number {
    const item = this.#items[number - 1]
    if (!item) return 0
    if (item.tags.includes(tag)) return 0xffffffff
    let mask = 0
    item.constraints.forEach(({ tags }, index) => {
      if (tags.includes(tag)) mask |= 1 << Math.min(index, lastBit)
    })
    return mask >>> 0
  }

  /** Number of a tag by its name; -1 for one that is not known. */
  tagNumber(name: string): number {
    return this.#tagNumbers.get(name) ?? -1
  }

  add(benchmark: string, { id, constraints, tags }: Pick<Item, 'id' | 'constraints' | 'tags'>): void {
    const entries = constraints.map(({ id: constraint, text, tags: own }) => {
      this.#textLeft -= text.length
      return { id: constraint, text: this.#textLeft > 0 ? text : '', tags: this.#intern(own) }
    })
    this.#items.push({ constraints: entries, tags: this.#intern(tags) })
    this.#numbers.set(`${benchmark}\u0000${id}`, this.#items.length)
  }

  get size(): number {
    return this.#items.length
  }

  #intern(tags: Item['tags']): number[] {
    return Object.entries(tags).flatMap(([dimension, values]) =>
      (typeof values === 'string' ? [values] : values).map((value) => {
        const name = `${dimension}=${value}`
        let number = this.#tagNumbers.get(name)
        if (number === undefined) {
          number = this.tags.push(name) - 1
          this.#tagNumbers.set(name, number)
        }
        return number
      }),
    )
  }
}

/** Reads the data of a run's benchmarks. What cannot be read is noted, never thrown: a run can be looked at without data. */
export async function loadCatalogue(manifest: Manifest, dataDir: string | null): Promise<Catalogue> {
  const catalogue = new Catalogue()
  for (const { id } of manifest.identity.benchmarks) {
    try {
      const plans = await planAgain(manifest, { dataDir, benchmark: id, warn: () => undefined })
      for (const plan of plans) {
        const { benchmark, source } = plan
        for await (const item of takeItems(benchmark.load(source), plan)) {
          if (catalogue.size >= mostItems) break
          catalogue.add(id, item)
        }
      }
    } catch (error) {
      if (!HeedError.is(error)) throw error
      catalogue.notes.push(`${id}: no constraint texts and tags: ${error.message}`)
    }
  }
  return catalogue
}
