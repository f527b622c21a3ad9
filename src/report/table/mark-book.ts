/** Hands out marks (`a`, `b`, ... `z`, `aa`, ...) for texts, one mark a text, and lists them as notes. */
export class MarkBook {
  readonly #marks = new Map<string, string>()

  markOf(text: string): string {
    let mark = this.#marks.get(text)
    if (!mark) {
      mark = letters(this.#marks.size)
      this.#marks.set(text, mark)
    }
    return mark
  }

  notes(): readonly string[] {
    return [...this.#marks].map(([text, mark]) => `(${mark}) ${text}`)
  }
}

function letters(index: number): string {
  const last = String.fromCharCode('a'.charCodeAt(0) + (index % 26))
  return index < 26 ? last : `${letters(Math.floor(index / 26) - 1)}${last}`
}
