import type { CallRequest } from '../../core/call.ts'

/**
 * Tells which calls of a round can be made now. Scorers go on behind a reply that is missing, because in a live run it
 * is missing for good: they judge an absent response, ask the next round of a question, or take the next step without
 * the former one. Whether and how these calls are needed is known only when the reply has come.
 */
export class BatchOrder {
  readonly #responses = new Set<string>()
  /** What is asked first about a constraint, by constraint. */
  readonly #steps = new Map<string, string>()

  /** Call for every missing call in the order in which scorers ask. */
  isDue(benchmark: string, { role, purpose, item, constraint, sample, attempt = 0 }: CallRequest): boolean {
    const response = JSON.stringify([benchmark, item, sample])
    if (role === 'model') {
      this.#responses.add(response)
      return true
    }
    if (this.#responses.has(response)) return false
    const question = JSON.stringify([benchmark, item, sample, constraint])
    const step = JSON.stringify([role, purpose, attempt])
    const first = this.#steps.get(question)
    if (first === undefined) this.#steps.set(question, step)
    return first === undefined || first === step
  }
}
