import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { collieGlobals } from '../../../src/data/pickle/collie-globals.ts'
import { collieEntries } from '../../../src/data/pickle/collie-records.ts'
import { JsonMaker, pythonJson } from '../../../src/data/pickle/plain-json.ts'
import { readPickle } from '../../../src/data/pickle/read-pickle.ts'
import { cpython, type PythonFunction } from '../../text/_cpython.ts'

const sample = fileURLToPath(new URL('../../../src/data/samples/collie/collie_v1.jsonl', import.meta.url))

/** Stand-ins with the names that upstream pickles, and a pickler that writes an ellipsis as dill does. */
const upstreamNames = `
import io, pickle, types
def _module(name, **members):
    module = types.ModuleType(name)
    for key, value in members.items():
        setattr(module, key, value)
    sys.modules[name] = module
    return module
_names = ['All', 'Constraint', 'InputLevel', 'TargetLevel', 'ForEach', 'Position', 'Count', 'Relation', 'Reduction']
_classes = {name: type(name, (), {'__module__': 'collie.constraints'}) for name in _names}
_module('collie')
_module('collie.constraints', **_classes)
def _eval_repr(text):
    return eval(text)
_eval_repr.__module__, _eval_repr.__qualname__ = 'dill._dill', '_eval_repr'
_module('dill')
_module('dill._dill', _eval_repr=_eval_repr)
class DillLike(pickle._Pickler):
    def reducer_override(self, value):
        return (_eval_repr, ('Ellipsis',)) if value is Ellipsis else NotImplemented
def _make(name, **state):
    instance = _classes[name]()
    instance.__dict__.update(state)
    return instance
def _transformation(t):
    if t is None: return Ellipsis
    if t['type'] == 'ForEach': return _make('ForEach', func=_transformation(t['func']))
    if t['type'] == 'Count': return _make('Count', count_target=t['count_target'])
    return _make('Position', position=t['position'])
def _constraint(c):
    if c['type'] == 'All': return _make('All', callables=tuple(_constraint(x) for x in c['constraints']))
    return _make('Constraint',
        input_level=_make('InputLevel', level=c['input_level']), target_level=_make('TargetLevel', level=c['target_level']),
        transformation=_transformation(c['transformation']), relation=_make('Relation', operand=c['relation']),
        reduction=_make('Reduction', reduction=c['reduction'], value=c['reduction_value']))
def collie_pickle(records):
    root = {}
    for r in records:
        item = {k: r[k] for k in ('example', 'metadata', 'targets')}
        root.setdefault(r['key'], []).append({**item, 'constraint': _constraint(r['constraint']), 'prompt': r['prompt']})
    out = io.BytesIO()
    DillLike(out, protocol=4).dump(root)
    return out.getvalue().hex()
`

let dump: PythonFunction
let colliePickle: PythonFunction

beforeAll(async () => {
  const python = await cpython()
  python.run(upstreamNames)
  dump = python.define('lambda value: pickle.dumps(value, protocol=4).hex()')
  colliePickle = python.define('collie_pickle')
})

const read = (hex: unknown) => readPickle(Buffer.from(String(hex), 'hex'), collieGlobals, 'test')

describe("CPython's own pickles", () => {
  it.each([
    [[]],
    [['one']],
    [{ key: 'value' }],
    [{ a: [1, 255, 256, 65536, -1], b: { c: null }, d: ['x', 'x', 'x'.repeat(300)] }],
    [[Array.from({ length: 2500 }, (_none, index) => `text ${index % 700}`)]],
    [['é', '😀', '\u2028', '', '\u0000']],
  ])('are read back as they were written (%#)', (value) => {
    const made = new JsonMaker((message) => new Error(message)).make(read(dump(value)), 'value')
    expect(made).toEqual(value)
  })

  it('of a data set with the upstream class names give its records', async () => {
    const text = await readFile(sample, 'utf8')
    const lines = text.split('\n').filter((line) => line !== '')
    const root = read(colliePickle(lines.map((line) => JSON.parse(line) as unknown)))
    const entries = [...collieEntries(root, 'all_data.dill')]
    expect(entries.map(({ record }) => pythonJson(record))).toEqual(lines)
  })

  it('of floats, bytes, sets, booleans and functions are refused', async () => {
    const python = await cpython()
    for (const [source, name] of [
      ['1.5', 'BINFLOAT'],
      ["b'x'", 'SHORT_BINBYTES'],
      ['{1}', 'EMPTY_SET'],
      ['True', 'NEWTRUE'],
      ['2 ** 40', 'LONG1'],
    ]) {
      const hex = python.define(`lambda: pickle.dumps(${source}, protocol=4).hex()`)()
      expect(() => read(hex), source).toThrow(`Refused the opcode ${name}`)
    }
    const hex = python.define('lambda: pickle.dumps(eval, protocol=4).hex()')()
    expect(() => read(hex)).toThrow('Refused the global "builtins.eval"')
  })
})
