import { EndpointError } from '../../../../core/errors.ts'

/** A tensor of onnxruntime-node, as far as it is used here. */
export interface OnnxTensor {
  readonly data: ArrayLike<number | bigint>
  readonly dims: readonly number[]
  readonly type: string
}

/** A loaded model. */
export interface OnnxSession {
  readonly inputNames: readonly string[]
  readonly outputNames: readonly string[]
  run(feeds: Readonly<Record<string, OnnxTensor>>): Promise<Readonly<Record<string, OnnxTensor>>>
  release?(): Promise<void>
}

/** The part of the package onnxruntime-node that is used. */
export interface OnnxRuntime {
  readonly InferenceSession: {
    create(path: string, options: { readonly executionProviders: readonly string[] }): Promise<OnnxSession>
  }
  readonly Tensor: new (type: 'int64', data: BigInt64Array, dims: readonly number[]) => OnnxTensor
}

/** A tokenizer of the package @huggingface/tokenizers. */
export interface HubTokenizer {
  encode(text: string): { readonly ids: readonly number[] }
}

/** The part of the package @huggingface/tokenizers that is used. */
export interface TokenizerPackage {
  readonly Tokenizer: new (tokenizer: object, config: object) => HubTokenizer
}

export type ImportPeer = (name: string) => Promise<unknown>

/** The optional packages of a reward model in process. @throws EndpointError `rm-peer` naming what to install */
export async function loadPeers(
  importPeer: ImportPeer = (name) => import(name),
): Promise<{ runtime: OnnxRuntime; tokenizers: TokenizerPackage }> {
  const runtime = await load('onnxruntime-node', importPeer)
  const tokenizers = await load('@huggingface/tokenizers', importPeer)
  return { runtime: runtime as OnnxRuntime, tokenizers: tokenizers as TokenizerPackage }
}

async function load(name: string, importPeer: ImportPeer): Promise<unknown> {
  try {
    const loaded = (await importPeer(name)) as { default?: unknown }
    // CommonJS packages come with their exports on `default`.
    return 'InferenceSession' in loaded || 'Tokenizer' in loaded ? loaded : (loaded.default ?? loaded)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause)
    throw new EndpointError(
      'rm-peer',
      `A reward model in process needs the package ${name}, which cannot be loaded: ${reason}`,
      {
        hint: 'npm install onnxruntime-node @huggingface/tokenizers (optional, because the first is a large native module; ONNXRUNTIME_NODE_INSTALL=skip before it leaves out the download of GPU libraries)',
        cause,
      },
    )
  }
}
