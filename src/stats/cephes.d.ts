/** The functions in use; the package's own declarations cannot be reached through its `exports`. */
declare module 'cephes' {
  const cephes: {
    readonly compiled: Promise<void>
    ndtr(x: number): number
    ndtri(p: number): number
    erfc(x: number): number
    stdtr(degrees: number, t: number): number
    stdtri(degrees: number, p: number): number
    lgam(x: number): number
  }
  export default cephes
}
