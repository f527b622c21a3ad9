import cephes from 'cephes'

// The ES module build compiles its WebAssembly asynchronously; before that its functions throw.
await cephes.compiled

export { cephes }
