import { RequestRefused } from './http-message.ts'

/** Deepest nesting of a body: a record of any trainer is flatter by far. */
const mostDepth = 64
/** Most objects and lists in a body: twice what the largest batch of long constraint lists holds. */
const mostContainers = 2_000_000

const quote = 0x22
const backslash = 0x5c

/**
 * Looks at the brackets of a JSON text before it is parsed. A body within the size limit can still hold tens of millions of
 * them: parsing it would take gigabytes and keep everybody waiting, and writing it back would overflow the stack.
 * @throws RequestRefused 413
 */
export function checkJsonShape(bytes: Uint8Array): void {
  let depth = 0
  let containers = 0
  let inText = false
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index]!
    if (inText) {
      if (byte === backslash) index += 1
      else if (byte === quote) inText = false
    } else if (byte === quote) {
      inText = true
    } else if (byte === 0x5b || byte === 0x7b) {
      depth += 1
      containers += 1
      if (depth > mostDepth) throw refusal(`nested at most ${mostDepth} deep`)
      if (containers > mostContainers) throw refusal(`with at most ${mostContainers} lists and objects`)
    } else if (byte === 0x5d || byte === 0x7d) {
      depth -= 1
    }
  }
}

function refusal(limit: string): RequestRefused {
  return new RequestRefused(413, 'too-large', `Expected a body ${limit}`)
}
