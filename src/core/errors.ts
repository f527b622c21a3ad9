/**
 * Base class of all errors that a user can cause or mend. `message` says what was expected, what came and where;
 * `hint` says what to do next.
 */
export class HeedError extends Error {
  static readonly #marker = Symbol.for('heed.error')
  readonly code: string
  readonly hint: string | undefined
  /** Process exit code that the command line ends with. */
  readonly exitCode: number = 1

  constructor(code: string, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = new.target.name
    this.code = code
    this.hint = options.hint
    Object.defineProperty(this, HeedError.#marker, { value: true })
  }

  /** Works across two copies of the package. */
  static is(value: unknown): value is HeedError {
    return typeof value === 'object' && value !== null && HeedError.#marker in value
  }
}

/** The command line or the configuration is wrong. Exit code 2. */
export class UsageError extends HeedError {
  override readonly exitCode = 2
}

/** Where in a data file something was found. */
export interface DataLocation {
  readonly file?: string
  /** 1-based. */
  readonly line?: number
  readonly id?: string
}

/** Data (a benchmark file, responses, a run folder) is not what it must be. Exit code 2. */
export class DataError extends HeedError {
  override readonly exitCode = 2
  readonly location: DataLocation

  constructor(
    code: string,
    message: string,
    options: { location?: DataLocation; hint?: string; cause?: unknown } = {},
  ) {
    const { location = {} } = options
    super(code, `${formatLocation(location)}${message}`, options)
    this.location = location
  }
}

function formatLocation({ file, line, id }: DataLocation): string {
  const place = [file && (line === undefined ? file : `${file}:${line}`), id && `item ${id}`].filter(Boolean).join(', ')
  return place ? `${place}: ` : ''
}

/** An endpoint cannot be used at all (unreachable, wrong key, unknown model): the run stops. Exit code 2. */
export class EndpointError extends HeedError {
  override readonly exitCode = 2
}
