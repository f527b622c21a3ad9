import { DataError } from '../../core/errors.ts'
import { byte, isSpace } from './_bytes.ts'

/** Where a record stands in a file. */
export interface RecordSpan {
  readonly offset: number
  readonly length: number
  /** 1-based line of its first byte. */
  readonly line: number
}

/** Finds the records of a file that is fed to it piece by piece. */
export interface RecordScanner {
  /** Returns the records that end in this piece. */
  feed(piece: Uint8Array): readonly RecordSpan[]
  /** Returns what is left at the end of the file. */
  end(): readonly RecordSpan[]
}

/** One record per line. Blank lines are passed over; a last line without line feed counts. */
export class LineScanner implements RecordScanner {
  #offset = 0
  #start = 0
  #line = 1
  #hasContent = false

  feed(piece: Uint8Array): readonly RecordSpan[] {
    const spans: RecordSpan[] = []
    let position = 0
    for (let end = piece.indexOf(byte.lineFeed); end !== -1; end = piece.indexOf(byte.lineFeed, position)) {
      this.#note(piece, position, end)
      if (this.#hasContent) spans.push(this.#span(this.#offset + end))
      this.#start = this.#offset + end + 1
      this.#line += 1
      this.#hasContent = false
      position = end + 1
    }
    this.#note(piece, position, piece.length)
    this.#offset += piece.length
    return spans
  }

  end(): readonly RecordSpan[] {
    return this.#hasContent ? [this.#span(this.#offset)] : []
  }

  #note(piece: Uint8Array, from: number, to: number): void {
    for (let index = from; index < to && !this.#hasContent; index += 1) this.#hasContent = !isSpace(piece[index]!)
  }

  #span(end: number): RecordSpan {
    return { offset: this.#start, length: end - this.#start, line: this.#line }
  }
}

/** The objects of one JSON array that fills the file. */
export class ArrayScanner implements RecordScanner {
  readonly #file: string
  #offset = 0
  #line = 1
  #depth = 0
  #isClosed = false
  #inString = false
  #escaped = false
  #start = 0
  #startLine = 0

  constructor(file: string) {
    this.#file = file
  }

  feed(piece: Uint8Array): readonly RecordSpan[] {
    const spans: RecordSpan[] = []
    for (let index = 0; index < piece.length; index += 1) {
      const value = piece[index]!
      if (value === byte.lineFeed) this.#line += 1
      if (this.#inString) this.#inside(value)
      else if (this.#depth <= 1) this.#between(value, this.#offset + index)
      else if (this.#closes(value)) {
        const length = this.#offset + index + 1 - this.#start
        spans.push({ offset: this.#start, length, line: this.#startLine })
      }
    }
    this.#offset += piece.length
    return spans
  }

  end(): readonly RecordSpan[] {
    if (!this.#isClosed) throw this.#error('the array to be closed with ]', 'the end of the file')
    return []
  }

  #inside(value: number): void {
    if (this.#escaped) this.#escaped = false
    else if (value === byte.backslash) this.#escaped = true
    else if (value === byte.quote) this.#inString = false
  }

  #between(value: number, offset: number): void {
    if (isSpace(value)) return
    if (this.#isClosed) throw this.#error('nothing after the array', String.fromCharCode(value))
    if (this.#depth === 0 && value === byte.openArray) this.#depth = 1
    else if (value === byte.closeArray) this.#isClosed = true
    else if (value === byte.openObject) {
      this.#depth = 2
      this.#start = offset
      this.#startLine = this.#line
    } else if (value !== byte.comma) throw this.#error('an object in the array', String.fromCharCode(value))
  }

  /** Returns true at the brace that ends a record. */
  #closes(value: number): boolean {
    if (value === byte.quote) this.#inString = true
    else if (value === byte.openObject || value === byte.openArray) this.#depth += 1
    else if (value === byte.closeObject || value === byte.closeArray) this.#depth -= 1
    return this.#depth === 1
  }

  #error(expected: string, found: string): DataError {
    return new DataError('broken-array', `Expected ${expected}, got ${found}`, {
      location: { file: this.#file, line: this.#line },
    })
  }
}
