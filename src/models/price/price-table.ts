import { readFile } from 'node:fs/promises'
import * as z from 'zod'
import type { Usage } from '../../core/call.ts'
import { DataError } from '../../core/errors.ts'
import type { Endpoint } from '../endpoint.ts'

/** USD per million tokens. */
export interface Price {
  readonly input: number
  readonly output: number
}

const priceSchema = z.object({ input: z.number().nonnegative(), output: z.number().nonnegative() })
const tableSchema = z.object({ date: z.string(), models: z.record(z.string(), priceSchema) })

/** What comes after a model's name in the name of one of its snapshots. */
const snapshot = /^[-@](\d{4}-?\d{2}-?\d{2}|latest)$/

/** List prices of models, with the day they were looked up. */
export class PriceTable {
  readonly date: string
  readonly #prices: ReadonlyMap<string, Price>
  readonly #own: ReadonlySet<string>

  /** @param own models whose price the user gave: these hold at any address */
  constructor(date: string, prices: ReadonlyMap<string, Price>, own: ReadonlySet<string> = new Set()) {
    this.date = date
    this.#prices = prices
    this.#own = own
  }

  /**
   * Price of an endpoint's model: its own entry, else that of the model it is a dated snapshot of. Recorded replies are
   * free. Null where nothing is known; at other addresses than OpenAI's and Anthropic's only the user's own entries count.
   */
  of(endpoint: Pick<Endpoint, 'kind' | 'id' | 'model'>): Price | null {
    if (endpoint.kind === 'replay' || endpoint.kind === 'demo') return { input: 0, output: 0 }
    const name = this.#nameOf(endpoint.model)
    if (name === null) return null
    return this.#own.has(name) || isAtProvider(endpoint.id) ? this.#prices.get(name)! : null
  }

  #nameOf(model: string): string | null {
    if (this.#prices.has(model)) return model
    for (const name of this.#prices.keys()) {
      if (model.startsWith(name) && snapshot.test(model.slice(name.length))) return name
    }
    return null
  }
}

/**
 * The built-in prices, with those of `overrideFile` over them (same form: `{date, models: {name: {input, output}}}`).
 * @throws DataError when the file is not of that form
 */
export async function loadPrices(overrideFile?: string | null): Promise<PriceTable> {
  const builtIn = await readTable(new URL('./prices.json', import.meta.url))
  if (!overrideFile) return new PriceTable(builtIn.date, new Map(Object.entries(builtIn.models)))
  const own = await readTable(overrideFile)
  const prices = new Map([...Object.entries(builtIn.models), ...Object.entries(own.models)])
  return new PriceTable(own.date, prices, new Set(Object.keys(own.models)))
}

/** USD for a number of tokens; null without a price. */
export function costOf(price: Price | null, inputTokens: number, outputTokens: number): number | null {
  return price && (price.input * inputTokens + price.output * outputTokens) / 1_000_000
}

/** USD of a reply; null without a price or where the server did not count. */
export function costOfUsage(price: Price | null, usage: Usage | null): number | null {
  if (!usage || usage.inputTokens === null || usage.outputTokens === null) return null
  return costOf(price, usage.inputTokens, usage.outputTokens)
}

function isAtProvider(id: string): boolean {
  return id.startsWith('openai https://api.openai.com/') || id.startsWith('anthropic https://api.anthropic.com ')
}

async function readTable(file: string | URL): Promise<z.infer<typeof tableSchema>> {
  const location = { file: String(file) }
  let value: unknown
  try {
    value = JSON.parse(await readFile(file, 'utf8'))
  } catch (cause) {
    throw new DataError('bad-prices', 'Expected a JSON file with prices', { location, cause })
  }
  const parsed = tableSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new DataError(
    'bad-prices',
    `Expected prices in USD per million tokens at ${issue?.path.join('.')}: ${issue?.message}`,
    {
      location,
      hint: '{"date": "2026-01-31", "models": {"my-model": {"input": 0.1, "output": 0.4}}}',
    },
  )
}
