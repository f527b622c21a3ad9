// Program of the sandbox's child process: one WebAssembly Python that answers checks, one JSON line each, until its input
// ends. It runs under Node's permission model and with an empty environment; see docs/sandbox.md for every measure.
import fs from 'node:fs'
import { createRequire, syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'

const { readSync, writeSync } = fs
const exit = process.reallyExit.bind(process)
const require = createRequire(import.meta.url)
const folder = process.argv[2]
const lines = lineReader()
const setup = JSON.parse(lines() ?? exit(0))

limitMemory(setup.memoryLimit)
hideProcess()
const python = await startPython()
disarmNode()
globalThis.gc?.()
remove(globalThis, 'gc')
serve(python)

/** Reads lines from standard input, blocking: no timer, promise or socket callback ever runs between two checks. */
function lineReader() {
  let chunks = []
  const block = Buffer.allocUnsafe(1 << 16)
  let rest = Buffer.alloc(0)
  return () => {
    for (;;) {
      const end = rest.indexOf(10)
      if (end !== -1) {
        const line = Buffer.concat([...chunks, rest.subarray(0, end)]).toString('utf8')
        chunks = []
        rest = rest.subarray(end + 1)
        return line
      }
      chunks.push(rest)
      const size = readBlock(block)
      if (size === 0) return null
      rest = Buffer.from(block.subarray(0, size))
    }
  }
}

function readBlock(block) {
  for (;;) {
    try {
      return readSync(0, block, 0, block.length, null)
    } catch (error) {
      if (error.code === 'EOF') return 0
      if (error.code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }
}

function writeLine(value) {
  const bytes = Buffer.from(`${JSON.stringify(value)}\n`)
  for (let done = 0; done < bytes.length; ) {
    try {
      done += writeSync(1, bytes, done)
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2)
    }
  }
}

/** V8's own limits do not cover WebAssembly memory. Beyond the limit Python raises MemoryError and goes on. */
function limitMemory(limit) {
  const grow = WebAssembly.Memory.prototype.grow
  WebAssembly.Memory.prototype.grow = function (pages) {
    if (this.buffer.byteLength + pages * 65536 > limit) throw new RangeError('memory limit of the sandbox')
    return grow.call(this, pages)
  }
}

function hideProcess() {
  // The start of Pyodide asks for the constants, and the permission model forbids the real function.
  process.binding = (name) => {
    if (name === 'constants') return { fs: fs.constants }
    throw new Error('not in the sandbox')
  }
  for (const name of ['kill', '_kill', '_debugProcess', '_debugEnd', 'dlopen', '_linkedBinding', 'report'])
    remove(process, name)
  for (const name of ['fetch', 'WebSocket', 'EventSource', 'BroadcastChannel', 'Worker', 'MessageChannel']) {
    remove(globalThis, name)
  }
}

function remove(owner, name) {
  try {
    Object.defineProperty(owner, name, { value: undefined, writable: false, configurable: false })
  } catch {
    delete owner[name]
  }
}

async function startPython() {
  const { loadPyodide } = require(join(folder, 'pyodide.js'))
  const discard = () => {}
  const runtime = await loadPyodide({
    indexURL: `${folder}/`,
    jsglobals: {},
    stdout: discard,
    stderr: discard,
    stdin: () => null,
    env: { HOME: '/home/pyodide', LANG: 'C.UTF-8' },
  })
  const { _module: module, FS: files } = runtime
  const watch = watchdog()
  runtime.setInterruptBuffer(watch.buffer)
  const version = runtime.runPython('import sys; sys.version.split()[0]')
  const functions = runtime.runPython(`${setup.harness}\nbuild_harness()`)
  const [plan, check, cutBridge] = functions.toJs({ depth: 1 })
  functions.destroy()
  runtime.runPython('for name in [name for name in globals() if name[:2] != "__"]: del globals()[name]')
  cutBridge()
  forbidWriting(files)
  const home = files.cwd()
  const openFiles = new Set(Object.keys(files.streams).filter((descriptor) => files.streams[descriptor]))
  // Once through everything, so that what a first check fills (caches, compiled patterns) is in the snapshot.
  const example = JSON.stringify({
    sources: ['import re\ndef check_following(response):\n  return bool(re.search("a", response))'],
    response: 'a',
    mode: 'strict',
  })
  plan(example)
  check(example)
  for (const name of Object.keys(runtime)) if (name !== 'version') remove(runtime, name)
  const clean = module.HEAPU8.slice()
  return {
    version,
    plan,
    check,
    watch,
    size: () => module.HEAPU8.length,
    restore() {
      if (module.HEAPU8.length > clean.length) module.HEAPU8.fill(0, clean.length)
      module.HEAPU8.set(clean)
      for (const descriptor of Object.keys(files.streams))
        if (!openFiles.has(descriptor)) files.streams[descriptor] = null
      files.chdir(home)
    },
  }
}

/**
 * The parent kills a check that takes too long. Should the parent have died, the check ends the process itself: Python
 * reads the interrupt buffer every few instructions, also while a regular expression backtracks.
 */
function watchdog() {
  const { now } = Date
  let deadline = Number.POSITIVE_INFINITY
  const buffer = {
    get 0() {
      if (now() > deadline) exit(1)
      return 0
    },
    set 0(_value) {},
  }
  return {
    buffer,
    start(milliseconds) {
      deadline = now() + milliseconds
    },
    stop() {
      deadline = Number.POSITIVE_INFINITY
    },
  }
}

/** The file system is in memory, outside the memory limit: nothing may be written to it. */
function forbidWriting(files) {
  const refuse = () => {
    throw new files.ErrnoError(69)
  }
  const open = files.open
  files.open = (path, flags, ...rest) => {
    const writes = typeof flags === 'string' ? /[wa+]/.test(flags) : flags & 0o3 || flags & 0o1100
    return writes ? refuse() : open(path, flags, ...rest)
  }
  for (const name of [
    'mknod',
    'mkdir',
    'mkdev',
    'symlink',
    'rename',
    'rmdir',
    'unlink',
    'truncate',
    'ftruncate',
    'chmod',
    'chown',
    'utime',
    'mount',
    'unmount',
    'createDevice',
    'createLazyFile',
    'createDataFile',
    'createPreloadedFile',
    'createNode',
  ]) {
    if (typeof files[name] === 'function') files[name] = refuse
  }
}

/** Takes away what leads to the network, to other processes or to a debugger, for whoever gets hold of JavaScript. */
function disarmNode() {
  const refuse = () => {
    throw new Error('not in the sandbox')
  }
  const modules = ['net', 'dgram', 'dns', 'inspector', 'worker_threads', 'child_process'].map((name) => require(name))
  const [net, dgram, , , , processes] = modules
  for (const type of [net.Socket, net.Server, dgram.Socket, processes.ChildProcess]) {
    for (const name of ['connect', 'listen', 'bind', 'send', 'spawn']) {
      if (typeof type.prototype[name] === 'function') overwrite(type.prototype, name, refuse)
    }
  }
  for (const exports of modules) {
    for (const key of Object.keys(exports)) if (typeof exports[key] === 'function') overwrite(exports, key, refuse)
  }
  // What `os.system` ends in: a status instead of a fatal error, so that the interpreter can go on.
  overwrite(processes, 'spawnSync', () => ({ status: 126, signal: null }))
  syncBuiltinESMExports()
  for (const name of ['binding', 'getBuiltinModule', 'mainModule', 'chdir', 'setuid', 'setgid']) remove(process, name)
  remove(globalThis, 'require')
}

function overwrite(owner, name, value) {
  try {
    Object.defineProperty(owner, name, { value })
  } catch {
    // An accessor that cannot be replaced reads from one that was.
  }
}

/** Answers until the input ends. A failure outside Python ends the process: its state is not known any more. */
function serve({ version, plan, check, restore, size, watch }) {
  const plans = new Map()
  writeLine({ ready: true, token: setup.token, python: version })
  for (let line = lines(); line !== null; line = lines()) {
    const { id, token, limit, key, request } = JSON.parse(line)
    try {
      watch.start(2 * limit + 5000)
      let isShared = plans.get(key)
      if (isShared === undefined) {
        isShared = plan(request)
        if (plans.size >= 5000) plans.clear()
        plans.set(key, isShared)
      }
      const reply = check(request)
      watch.stop()
      if (isShared) restore()
      writeLine({ id, token, reply, size: size() })
    } catch (error) {
      writeLine({ id, token, failure: String(error?.message ?? error).slice(0, 300), size: size() })
      break
    }
  }
  exit(0)
}
