/** What stands in place of a secret. */
export const redactionMark = '[redacted]'

/** Variables whose values are taken for secrets. */
const secretName = /KEY|TOKEN|SECRET|PASSWORD/i
const shortestEnvironmentSecret = 8
/** A "key" like `x` or `none`, given to a server that wants none, must not black out ordinary words. */
const shortestUsedSecret = 4
const shortestInReplies = 8

/** Credentials by their shape, for what a server or a proxy echoes. Only for messages, see {@link Redactor.message}. */
const credentialShapes: readonly (readonly [RegExp, string])[] = [
  [/\b(Bearer|Basic)(\s+|%20|\+)[\w.~+/=*%-]{6,}/gi, `$1 ${redactionMark}`],
  [/\bsk-[\w*.-]{4,}/g, redactionMark],
  [/(\/\/)[^\s/@:"']+:[^\s/@"']+@/g, `$1${redactionMark}@`],
]

/**
 * The one place where secrets are taken out of text. It knows the values that were used as keys or secret headers and
 * those of environment variables named like secrets, each also JSON-escaped, percent-encoded and in base64.
 *
 * Text that is scored ({@link reply}) loses known secrets only: a rule about shapes would change honest answers that
 * happen to show `Bearer ...` or `sk-...`. Messages ({@link message}) lose the shapes as well.
 */
export class Redactor {
  readonly #used = new Set<string>()
  readonly #fromEnvironment: readonly string[]
  #messagePattern: RegExp | null | undefined
  #replyPattern: RegExp | null | undefined

  /** @param environment where variables named *KEY*, *TOKEN*, *SECRET* or *PASSWORD* are looked for */
  constructor(environment: Readonly<Record<string, string | undefined>> = process.env) {
    this.#fromEnvironment = Object.entries(environment)
      .filter(([name, value]) => secretName.test(name) && value && value.trim().length >= shortestEnvironmentSecret)
      .map(([, value]) => value!.trim())
  }

  /** Registers a value that is about to be used as a key or in a secret header. */
  add(secret: string): void {
    const value = secret.trim()
    if (value.length < shortestUsedSecret || this.#used.has(value)) return
    this.#used.add(value)
    this.#messagePattern = undefined
    this.#replyPattern = undefined
  }

  /** For everything that is read by people: errors, warnings, log lines, echoed headers. */
  message(text: string): string {
    this.#messagePattern ??= alternation([...this.#used, ...this.#fromEnvironment])
    let clean = this.#messagePattern ? text.replace(this.#messagePattern, redactionMark) : text
    for (const [shape, replacement] of credentialShapes) clean = clean.replace(shape, replacement)
    return clean
  }

  /** For a provider's reply as text (JSON as it came): known secrets only. */
  reply(text: string): string {
    if (this.#replyPattern === undefined) this.#replyPattern = alternation(this.#secretsInReplies())
    return this.#replyPattern ? text.replace(this.#replyPattern, redactionMark) : text
  }

  #secretsInReplies(): string[] {
    const used = [...this.#used].filter((secret) => secret.length >= shortestInReplies)
    return [...used, ...this.#fromEnvironment.filter(looksRandom)]
  }
}

/** A password that is a word of the language would be cut out of answers that use the word. */
function looksRandom(value: string): boolean {
  return value.length >= 12 && /\d/.test(value) && /[A-Za-z]/.test(value) && !/\s/.test(value)
}

function alternation(secrets: readonly string[]): RegExp | null {
  const forms = new Set(secrets.flatMap(writtenForms))
  if (forms.size === 0) return null
  // Longest first: a key that begins another one must not leave the rest of it behind.
  const sorted = [...forms].sort((a, b) => b.length - a.length)
  return new RegExp(sorted.map((form) => form.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|'), 'g')
}

/** Every way in which a secret commonly appears in a text. */
function writtenForms(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1)
  const ascii = json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  const percent = encodeURIComponent(Buffer.from(secret, 'utf8').toString('utf8'))
  const bytes = [...Buffer.from(secret, 'utf8')].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
  const forms = [
    secret,
    json,
    ascii,
    json.replaceAll('/', '\\/'),
    JSON.stringify(json).slice(1, -1),
    percent,
    percent.replace(/%../g, (byte) => byte.toLowerCase()),
    percent.replaceAll('%20', '+'),
    bytes,
    bytes.toUpperCase(),
    ...base64Forms(secret),
  ]
  return forms.filter((form) => form.length >= shortestUsedSecret)
}

/**
 * Base64 of the secret wherever it stands inside a longer encoded text (`user:secret`): of the three alignments the
 * characters that do not hang on the neighbours.
 */
function base64Forms(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8')
  if (bytes.length < 6) return []
  return [0, 1, 2].flatMap((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    const fromStart = Math.ceil((shift * 8) / 6)
    const toEnd = Math.floor(((shift + bytes.length) * 8) / 6)
    const core = encoded.slice(fromStart, toEnd)
    return [core, core.replaceAll('+', '-').replaceAll('/', '_')]
  })
}
