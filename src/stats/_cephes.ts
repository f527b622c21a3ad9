import { createRequire } from 'node:module'

/** The functions in use; the package's own declarations cannot be reached through its `exports`. */
interface Cephes {
  ndtr(x: number): number
  ndtri(p: number): number
  erfc(x: number): number
  stdtr(degrees: number, t: number): number
  stdtri(degrees: number, p: number): number
  lgam(x: number): number
}

let loaded: Cephes | undefined

/**
 * The package, loaded on first use. Its CommonJS build compiles its WebAssembly at once; the ES module build does so
 * later, and everything that imports a distribution would have to wait for it.
 */
export function cephes(): Cephes {
  loaded ??= createRequire(import.meta.url)('cephes') as Cephes
  return loaded
}
