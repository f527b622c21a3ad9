import type { RewardProtocol } from '../protocol.ts'
import type { ProtocolName } from '../spec.ts'
import { kserve } from './kserve.ts'
import { sglangClassify, sglangNative } from './sglang.ts'
import { tei } from './tei.ts'
import { verlIf } from './verl-if.ts'
import { vllmClassify, vllmPooling } from './vllm.ts'
import { vllmRerank, vllmScore } from './vllm-score.ts'

/** All protocols over HTTP. */
export const protocols: Readonly<Record<ProtocolName, RewardProtocol>> = {
  'verl-if': verlIf,
  vllm: vllmClassify,
  'vllm-pooling': vllmPooling,
  'vllm-score': vllmScore,
  'vllm-rerank': vllmRerank,
  sglang: sglangClassify,
  'sglang-native': sglangNative,
  tei,
  kserve,
}
