/** Types of FollowBench that a judge scores. */
export const followBenchJudgedTypes = ['content', 'situation', 'style', 'format', 'mixed'] as const
export type FollowBenchJudgedType = (typeof followBenchJudgedTypes)[number]
export type FollowBenchLanguage = 'en' | 'zh'

/** sha256 (UTF-8, escapes undone) of the parts of FollowBench's judge prompts; the texts themselves are upstream's. */
interface PromptDigests {
  readonly initial: string
  readonly one: string
  readonly many: string
  readonly answerOne: string
  readonly answerMany: string
  readonly closingOne: string
  readonly closingMany: string
  /** Of level 1 and of the levels above. */
  readonly preambles: Readonly<Record<FollowBenchJudgedType, readonly [one: string, many: string]>>
}

const separator = '75a11da44c802486bc6f65640aa48a730f0f684c5c07a42ba3cd1735eb3fb070'

const digests: Readonly<Record<FollowBenchLanguage, PromptDigests>> = {
  en: {
    initial: 'fde7c8a77ed1fb7ee7ba489c692b14cfc7561dd0d69a9e58c62f0499268ff52b',
    one: '62642f2fae1cb7242c77d936f67936160eedc5cf9bba93b54deb2323abd4d256',
    answerOne: '3299cc07b80d55e84db261e4b3ebd84371e9e53d8291a0f585dfa1cc6758e327',
    closingOne: 'e3925447372d64db9c8fdca82b1a8f4830d4ad5fcdc8465671a51c3a1c956c3b',
    many: '9190d12a65a1d167992c8bc626341fb943ad09d0c50e8a876d2b7f1073519784',
    answerMany: '3105d74455a4f29e1aba23396c8377ed55929775f4e2d9442fd8edab34c0faa7',
    closingMany: 'fe491606b02e0fc203c7666992d4f9a48cadf727443f49af2c99e5fa971d7216',
    preambles: {
      content: [
        '88dd5c164b920aa1a5c50cdb7c177955b1ab9b5b04c16f53adbe882fed8a93a8',
        '9d94590a24bf7f704d6359e66951f281e1cdc92b1028687e8781a58ee197d9a5',
      ],
      situation: [
        '96d60a15d9b2d50aa1c948d23dbe40e40bf8cbf95a823faa5f1f51e9b96c0a14',
        '1a2efdba8238e22d0ffca1901a9c4e0973bf882f67f66674da8ec330ca35e013',
      ],
      style: [
        '4f519ab0aae5978a76ee6580d7d18be44a2f6d4ca584ddeda7bcb81aad62c475',
        'a0e39618b7c14f442b78a3ffb2c864e370a1bd1d7c9d05e7f4b4b5476b99c3da',
      ],
      format: [
        'dd80e28c8b28cba9b35cd76d79eaa6f7e4235ba1ce80fd6c3240db25560251ff',
        'a3091c469862c2cdadb1ad8edf385c3af58de60162b7de940b33c498ad502861',
      ],
      mixed: [
        '4f9b154d6de11cbc47045e5676c6df4820f760a899b0815f963cea3dd345af04',
        'd88c163f7bcbdba74644ba14468771b78c38f27a37e37c8771c2db3529ad25d1',
      ],
    },
  },
  zh: {
    initial: '9ef45d5996e7d30ff00b7f320cc6cf9ccf8f69c7ea23386c854bf5c6b7a433a7',
    one: '1f74aa11279bb1fa3158f0d3f55963fdd3433e981c4539146401a398d3d8e94d',
    answerOne: '5b139919c6aa693adfcb2c3d4d917caa13a9f2657d1272303d9b71b75ef23700',
    closingOne: '72aac5a847b8e3551f02220666bf0e27d1ba5ffa0abffcd8787e950f9b8cb315',
    many: '0466b638e47250866b0af6cb83b162363b935e49c4a7e1a72ebbb52e991f6008',
    answerMany: 'efddb098c8da380942d2fc0a1745fde6a507ffec4122fa1228db21ec9b3700e7',
    closingMany: 'edc803396d64e37af1e08bddb0e5035a2c4a974caa68a07ca781e5a45967509a',
    preambles: {
      content: [
        '8c7570660c575ade5e8a40dbb280f5f2a8001a531dde5960e5a7be4ed6e2755b',
        '7e8f69996a88b35c5d173ff1f2c5ad3722a427c4407befed71e52221c7732dec',
      ],
      situation: [
        'd5a1cbdfba2834c15ef74fdc85391cfa7a8a15c2dfc601bf4b455a6ac116bed9',
        '5c7f52c258ea2a6a9d2189602a3831c2272adf670b8e5534670381ae8626219e',
      ],
      style: [
        'fdb618fac7ff517e3da6c6d76ead8a8cbd080677271c1c44fa3d5cab20225ab4',
        'b92a57d7894c8ee2105e49ffbc0d4df61e16b6d5c8f3231f52c687b7f500a4e8',
      ],
      format: [
        '551ff0778d52d0215a5281c255c6f9c9842625da7fecc0126930c59fdbffa9d9',
        'd06529f33cd5513ab8afbc15d76963877a7e634560ae38a19e5bec37ca836148',
      ],
      mixed: [
        '2d0d19939526fb9d846a8009e646b4b05c6b74116e0ecff2f9b6458ba3c47d63',
        '8f1c163d64c06c67c05214ba5f8dea38c720beb38ce7c07b4e91616008baa366',
      ],
    },
  },
}

/** Digests of the 18 literals of one prompt function of YJiangcm/FollowBench at 6278f4c1, in source order. */
export function followBenchLiteralDigests(
  language: FollowBenchLanguage,
  type: FollowBenchJudgedType,
): readonly string[] {
  const { initial, one, many, answerOne, answerMany, closingOne, closingMany, preambles } = digests[language]
  const [preambleOne, preambleMany] = preambles[type]
  const levelOne = [preambleOne, initial, separator, one, separator, answerOne, separator, closingOne]
  const above = [preambleMany, initial, separator, one, separator, many, separator, answerMany, separator, closingMany]
  return [...levelOne, ...above]
}
