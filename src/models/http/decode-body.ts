import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate } from 'node:zlib'

const largestDecoded = { maxOutputLength: 256 * 1024 * 1024 }

const decoders: ReadonlyMap<string, (bytes: Uint8Array) => Promise<Buffer>> = new Map([
  ['gzip', (bytes) => promisify(gunzip)(bytes, largestDecoded)],
  ['x-gzip', (bytes) => promisify(gunzip)(bytes, largestDecoded)],
  ['deflate', (bytes) => promisify(inflate)(bytes, largestDecoded)],
  ['br', (bytes) => promisify(brotliDecompress)(bytes, largestDecoded)],
])

/**
 * Undoes a `Content-Encoding`. Compression is never asked for, but some gateways compress all the same.
 * @throws Error for an unknown coding or broken data
 */
export async function decodeBody(bytes: Buffer, encoding: string): Promise<Buffer> {
  let decoded = bytes
  for (const coding of encoding.toLowerCase().split(',').reverse()) {
    const name = coding.trim()
    if (name === '' || name === 'identity') continue
    const decode = decoders.get(name)
    if (!decode) throw new Error(`unknown content coding ${name}`)
    decoded = await decode(decoded)
  }
  return decoded
}
