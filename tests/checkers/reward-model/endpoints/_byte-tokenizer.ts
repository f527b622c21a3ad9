/** Characters that byte-level tokenizers write bytes as. */
function byteAlphabet(): string[] {
  const isPrinted = (byte: number) =>
    (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || (byte >= 174 && byte <= 255)
  let others = 0
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(isPrinted(byte) ? byte : 256 + others++))
}

/** Token id of the pad token of {@link byteTokenizer}. */
export const padToken = 256
/** Size of the vocabulary, special tokens included. */
export const vocabulary = 259

/**
 * `tokenizer.json` of a byte-level tokenizer without merges: one token per byte of UTF-8.
 * @param frame puts a beginning and an end token around every text, as encoders want them
 */
export function byteTokenizer({ frame = false }: { frame?: boolean } = {}): object {
  const special = (id: number, content: string) => ({
    id,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  })
  const token = (id: string) => ({ SpecialToken: { id, type_id: 0 } })
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [special(padToken, '<pad>'), special(257, '<s>'), special(258, '</s>')],
    normalizer: null,
    pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: true },
    post_processor: frame
      ? {
          type: 'TemplateProcessing',
          single: [token('<s>'), { Sequence: { id: 'A', type_id: 0 } }, token('</s>')],
          pair: [],
          special_tokens: {
            '<s>': { id: '<s>', ids: [257], tokens: ['<s>'] },
            '</s>': { id: '</s>', ids: [258], tokens: ['</s>'] },
          },
        }
      : { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: false },
    decoder: { type: 'ByteLevel' },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: '',
      end_of_word_suffix: '',
      fuse_unk: false,
      byte_fallback: false,
      vocab: Object.fromEntries([
        ...byteAlphabet().map((character, byte) => [character, byte]),
        ['<pad>', padToken],
        ['<s>', 257],
        ['</s>', 258],
      ]),
      merges: [],
    },
  }
}
