/**
 * Writes tiny ONNX classifiers by hand: the file format is a protocol buffer, and no exporter is at hand in a test. The
 * field numbers are those of `onnx.proto3`.
 */

type Part = Buffer

function varint(value: number | bigint): Buffer {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, BigInt(value))
  do {
    const low = Number(rest & 0x7fn)
    rest >>= 7n
    bytes.push(rest === 0n ? low : low | 0x80)
  } while (rest !== 0n)
  return Buffer.from(bytes)
}

const number = (field: number, value: number | bigint): Part => Buffer.concat([varint(field << 3), varint(value)])
const bytes = (field: number, value: Buffer | string): Part => {
  const content = Buffer.from(value as string)
  return Buffer.concat([varint((field << 3) | 2), varint(content.length), content])
}
const message = (field: number, ...parts: readonly Part[]): Part => bytes(field, Buffer.concat(parts))

const elementType = { float: 1, int64: 7, float16: 10 } as const
type ElementType = keyof typeof elementType

function valueInfo(field: number, name: string, type: ElementType, dims: readonly (string | number)[]): Part {
  const shape = dims.map((dim) => message(1, typeof dim === 'string' ? bytes(2, dim) : number(1, dim)))
  return message(field, bytes(1, name), message(2, message(1, number(1, elementType[type]), message(2, ...shape))))
}

function floats(name: string, dims: readonly number[], values: readonly number[]): Part {
  const raw = Buffer.from(Float32Array.from(values).buffer)
  return message(5, ...dims.map((dim) => number(1, dim)), number(2, elementType.float), bytes(8, name), bytes(9, raw))
}

function integers(name: string, dims: readonly number[], values: readonly number[]): Part {
  const raw = Buffer.from(BigInt64Array.from(values, BigInt).buffer)
  return message(5, ...dims.map((dim) => number(1, dim)), number(2, elementType.int64), bytes(8, name), bytes(9, raw))
}

function node(
  op: string,
  inputs: readonly string[],
  output: string,
  attributes: Readonly<Record<string, number>> = {},
) {
  return message(
    1,
    ...inputs.map((name) => bytes(1, name)),
    bytes(2, output),
    bytes(4, op),
    ...Object.entries(attributes).map(([name, value]) => message(5, bytes(1, name), number(3, value), number(20, 2))),
  )
}

function model(...graph: readonly Part[]): Buffer {
  return Buffer.concat([
    number(1, 8),
    bytes(2, 'heed-tests'),
    message(7, ...graph),
    message(8, bytes(1, ''), number(2, 17)),
  ])
}

/** What a tiny classifier is like. */
export interface TinyModel {
  readonly vocabulary: number
  /** `last`: a decoder that reads the last position and knows no padding; `mean`: an encoder that masks. */
  readonly pooling: 'last' | 'mean'
  /** Also wants token types and positions, whose embeddings are added. */
  readonly hasMoreInputs?: boolean
  /** Element type of the logits. */
  readonly output?: 'float' | 'float16'
  readonly classes?: number
}

const width = 4
const longest = 4096

/** A small number between -1 and 1 that hangs on the place alone. */
function weight(place: number, salt: number): number {
  const x = Math.sin(place * 12.9898 + salt * 78.233) * 43758.5453
  return 2 * (x - Math.floor(x)) - 1
}

const matrix = (rows: number, columns: number, salt: number) =>
  Array.from({ length: rows * columns }, (_, place) => weight(place, salt))

/** The bytes of an ONNX file: embeddings, summed along the text or averaged under the mask, then one linear layer. */
export function tinyModel(of: TinyModel): Buffer {
  const { vocabulary, pooling, hasMoreInputs = false, output = 'float', classes = 2 } = of
  const inputs = ['input_ids', 'attention_mask', ...(hasMoreInputs ? ['token_type_ids', 'position_ids'] : [])]
  const embedded = hasMoreInputs ? 'with_positions' : 'tokens'
  return model(
    node('Gather', ['embedding', 'input_ids'], 'tokens'),
    ...(hasMoreInputs
      ? [
          node('Gather', ['types', 'token_type_ids'], 'type_vectors'),
          node('Gather', ['positions', 'position_ids'], 'position_vectors'),
          node('Add', ['tokens', 'type_vectors'], 'with_types'),
          node('Add', ['with_types', 'position_vectors'], 'with_positions'),
        ]
      : []),
    ...(pooling === 'last' ? lastToken(embedded) : maskedMean(embedded)),
    node('MatMul', ['pooled', 'head'], 'linear'),
    node('Add', ['linear', 'bias'], output === 'float' ? 'logits' : 'wide_logits'),
    ...(output === 'float' ? [] : [node('Cast', ['wide_logits'], 'logits', { to: elementType.float16 })]),
    bytes(2, 'tiny'),
    floats('embedding', [vocabulary, width], matrix(vocabulary, width, 1)),
    ...(hasMoreInputs
      ? [
          floats('types', [2, width], matrix(2, width, 2)),
          floats('positions', [longest, width], matrix(longest, width, 3)),
        ]
      : []),
    floats('head', [width, classes], matrix(width, classes, 4)),
    floats('bias', [classes], matrix(1, classes, 5)),
    ...(pooling === 'last'
      ? [integers('one', [], [1]), integers('end', [], [-1])]
      : [integers('axis', [1], [1]), integers('deep', [1], [2])]),
    ...inputs.map((name) => valueInfo(11, name, 'int64', ['batch', 'length'])),
    valueInfo(12, 'logits', output, ['batch', classes]),
  )
}

/** Every position knows what stands before it, as in a decoder; the last one is read, pad token or not. */
function lastToken(embedded: string): Part[] {
  return [
    node('CumSum', [embedded, 'one'], 'states'),
    node('Sin', ['states'], 'bounded'),
    node('Add', ['bounded', embedded], 'hidden'),
    node('Gather', ['hidden', 'end'], 'pooled', { axis: 1 }),
  ]
}

function maskedMean(embedded: string): Part[] {
  return [
    node('Cast', ['attention_mask'], 'mask', { to: elementType.float }),
    node('Unsqueeze', ['mask', 'deep'], 'column'),
    node('Mul', [embedded, 'column'], 'masked'),
    node('ReduceSum', ['masked', 'axis'], 'sum', { keepdims: 0 }),
    node('ReduceSum', ['mask', 'axis'], 'length', { keepdims: 1 }),
    node('Div', ['sum', 'length'], 'pooled'),
  ]
}
