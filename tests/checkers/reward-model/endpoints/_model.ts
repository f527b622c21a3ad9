/** Input text whose parts a test server can tell apart. */
export const testTemplate = 'Response<<{response}>>Constraint<<{constraint}>>'

/** The two parts of a text made by {@link testTemplate}. */
export function partsOf(text: string): { response: string; constraint: string } {
  const found = /^Response<<([\s\S]*)>>Constraint<<([\s\S]*)>>$/.exec(text)
  if (!found) throw new Error(`not made by the test template: ${text}`)
  return { response: found[1]!, constraint: found[2]! }
}

/** The model of all test servers: sure where the response holds the last word of the constraint. */
export function modelProbability({ response, constraint }: { response: string; constraint: string }): number {
  const word = constraint.split(' ').at(-1)!.replace('.', '')
  return response.includes(word) ? 0.875 : 0.25
}

export function logitsOf(p: number): [number, number] {
  return [0, Math.log(p / (1 - p))]
}
