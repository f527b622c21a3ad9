/** What the host prepares, so that an escape would leave a trace on it. */
export interface EscapeTargets {
  /** Folder on the host with a file `secret.txt`; nothing may be added, changed or read. */
  readonly folder: string
  /** TCP port on 127.0.0.1 on which the host listens. */
  readonly port: number
  /** Process id of the host. */
  readonly pid: number
}

/** One attempt to get out, or to do harm. */
export interface Escape {
  readonly attempt: string
  readonly mode?: 'strict' | 'repaired'
  /** Python source with a function `check_following`. */
  source(targets: EscapeTargets): string
}

/** A function body as a snippet. */
function body(...lines: readonly string[]): string {
  return `def check_following(response):\n${lines.map((line) => `    ${line}`).join('\n')}`
}

/** Fetches a module that the sandbox has taken out of `sys.modules`. */
const findCollector = [
  'import importlib.machinery as machinery',
  'importer = machinery.BuiltinImporter',
  'gc = importer.create_module(importer.find_spec("gc"))',
  'importer.exec_module(gc)',
]

/** Lines that reach `Function` of the surrounding JavaScript through what the garbage collector still holds. */
const findFunction = [
  ...findCollector,
  'found = [o["to_js"] for o in gc.get_objects() if isinstance(o, dict) and "builtin" in type(o.get("to_js")).__name__]',
  'function = found[0]([1]).constructor.constructor',
]

/** Every attempt of the self-test. What comes of it is seen on the host, not in what the snippet says. */
export const escapes: readonly Escape[] = [
  {
    attempt: 'os.system: a shell command',
    source: ({ folder }) => body('import os', `return os.system("touch ${folder}/os-system")`),
  },
  {
    attempt: 'os.popen and os.exec',
    source: ({ folder }) =>
      body('import os', `os.popen("touch ${folder}/popen")`, `os.execv("/bin/touch", ["touch", "${folder}/exec"])`),
  },
  {
    attempt: 'subprocess: a command',
    source: ({ folder }) => body('import subprocess', `subprocess.run(["touch", "${folder}/subprocess"])`),
  },
  {
    attempt: 'open: read a host file',
    source: ({ folder }) => body(`return open("${folder}/secret.txt").read()`),
  },
  {
    attempt: 'open: write a host file',
    source: ({ folder }) => body(`return open("${folder}/written", "w").write("x")`),
  },
  {
    attempt: 'fill the disk in memory',
    source: () => body('for i in range(10**6):', '    open(f"/tmp/{i}", "wb").write(bytes(10**8))'),
  },
  {
    attempt: 'sockets: connect to a host port',
    source: ({ port }) =>
      body(
        'import socket',
        'connection = socket.socket()',
        'connection.settimeout(1)',
        `connection.connect(("127.0.0.1", ${port}))`,
        'connection.send(b"x")',
      ),
  },
  {
    attempt: 'urllib: fetch from a host port',
    source: ({ port }) =>
      body('import urllib.request', `urllib.request.urlopen("http://127.0.0.1:${port}/", timeout=1)`),
  },
  {
    attempt: 'fetch of JavaScript',
    source: ({ port }) => body('from js import fetch', `fetch("http://127.0.0.1:${port}/")`),
  },
  {
    attempt: 'pyodide.http',
    source: ({ port }) =>
      body('from pyodide.http import open_url', `return open_url("http://127.0.0.1:${port}/").read()`),
  },
  {
    attempt: 'js module: Node of the child process',
    source: ({ folder }) =>
      body('import js', `js.process.getBuiltinModule("fs").writeFileSync("${folder}/js-module", "x")`),
  },
  {
    attempt: 'pyodide.code.run_js',
    source: ({ folder }) =>
      body('import pyodide.code', `pyodide.code.run_js("require('fs').writeFileSync('${folder}/run-js', 'x')")`),
  },
  {
    attempt: 'JavaScript through the garbage collector: a host file',
    mode: 'repaired',
    source: ({ folder }) =>
      body(...findFunction, `return function("return process.binding('fs').open('${folder}/collector', 65)")()`),
  },
  {
    attempt: 'JavaScript through the garbage collector: kill the parent',
    mode: 'repaired',
    source: ({ pid }) => body(...findFunction, `return function("process.kill(${pid}, 'SIGUSR2')")()`),
  },
  {
    attempt: 'mount a host folder',
    mode: 'repaired',
    source: ({ folder }) =>
      body(
        'import pyodide_js',
        `pyodide_js.mountNodeFS("/host", "${folder}")`,
        'return open("/host/secret.txt").read()',
      ),
  },
  {
    attempt: 'ctypes: call into C',
    source: ({ folder }) => body('import ctypes', `return ctypes.CDLL(None).system(b"touch ${folder}/ctypes")`),
  },
  {
    attempt: 'read the environment',
    source: () =>
      body(
        'import os',
        'found = dict(os.environ)',
        'try:',
        '    found["proc"] = open("/proc/self/environ").read()',
        'except OSError:',
        '    pass',
        'return found',
      ),
  },
  {
    attempt: 'fork bomb',
    source: () =>
      body(
        'import os',
        'import multiprocessing',
        'import threading',
        'for start in (os.fork, lambda: multiprocessing.Process().start(), lambda: threading.Thread().start()):',
        '    for _ in range(100):',
        '        try:',
        '            start()',
        '        except Exception:',
        '            pass',
        'while True:',
        '    os.fork()',
      ),
  },
  { attempt: 'endless loop', source: () => body('while True:', '    pass') },
  {
    attempt: 'endless loop that catches everything',
    source: () =>
      body('while True:', '    try:', '        while True: pass', '    except BaseException:', '        pass'),
  },
  {
    attempt: 'catastrophic regular expression',
    source: () => body('import re', 'return bool(re.search(r"(a+)+$", "a" * 60 + "b"))'),
  },
  {
    attempt: '4 GB allocation',
    source: () =>
      body('blocks = []', 'for _ in range(4096):', '    blocks.append(bytearray(2**20))', 'return len(blocks)'),
  },
  {
    attempt: 'endless recursion',
    source: () => body('import sys', 'sys.setrecursionlimit(10**9)', 'def f(n): return f(n + 1)', 'return f(0)'),
  },
  {
    attempt: 'stdout and stderr flood',
    source: () =>
      body('import sys', 'import os', 'while True:', '    print("x" * 10**6)', '    os.write(2, b"y" * 10**6)'),
  },
  {
    attempt: 'result flood',
    source: () => body('return "x" * 10**8'),
  },
  { attempt: 'SystemExit', source: () => body('import sys', 'sys.exit(3)') },
  { attempt: 'os._exit and os.abort', source: () => body('import os', 'os._exit(3)') },
  {
    attempt: 'kill the parent',
    source: ({ pid }) =>
      body('import os', 'import signal', `os.kill(${pid}, signal.SIGUSR2)`, `os.kill(${pid}, 9)`, 'os.kill(-1, 9)'),
  },
  {
    attempt: 'write globals for the next check',
    source: () =>
      'import __main__\nimport re\nglobals()["leak"] = 1\n__main__.leak = 1\nre.leak = 1\n__builtins__["leak"] = 1\n' +
      body('global leak', 'leak = 1', 'return "planted"'),
  },
  {
    attempt: 'monkey-patch builtins and modules',
    mode: 'repaired',
    source: () =>
      body(
        'import builtins, json, re, collections',
        'builtins.len = lambda _: 99',
        'builtins.leak = 1',
        're.search = json.loads = json.dumps = lambda *_, **__: True',
        'collections.Counter.most_common = None',
        'return True',
      ),
  },
]

/** Checks that must come out as written after every attempt: nothing of it may be left. */
export const probe = {
  source:
    'import re, json, collections, builtins, sys\n' +
    body(
      'leaks = [n for n in ("leak",) if n in globals() or hasattr(builtins, n) or hasattr(re, n) or hasattr(sys.modules["__main__"], n)]',
      'return [len(response), bool(re.search("z", response)), json.loads("[1]"), collections.Counter("aab").most_common(1)[0][1], leaks]',
    ),
  response: 'abc',
  expected: '[3,false,[1],2,[]]',
} as const
