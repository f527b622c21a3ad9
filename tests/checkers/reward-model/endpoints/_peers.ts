import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Where the optional packages may be: of the project, or of a folder of their own named by HEED_ONNX_PEERS. */
const places = [join(process.cwd(), 'package.json'), join(process.env.HEED_ONNX_PEERS ?? '', 'package.json')]

function find(name: string): string | null {
  for (const place of places) {
    try {
      return createRequire(place).resolve(name)
    } catch {
      // Not here.
    }
  }
  return null
}

const paths = new Map(['onnxruntime-node', '@huggingface/tokenizers'].map((name) => [name, find(name)]))

/** True when both optional packages can be loaded. */
export const hasPeers = [...paths.values()].every((path) => path !== null)

/** Loads an optional package from where it was found. */
export function importPeer(name: string): Promise<unknown> {
  return import(pathToFileURL(paths.get(name)!).href)
}
