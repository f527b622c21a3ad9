/** A language with its names in constraints and what gives it away in a response. */
interface LanguageSigns {
  readonly names: RegExp
  /** Script that the letters of the response belong to. */
  readonly script: Script
  /** Frequent words that tell it from others in the same script. */
  readonly words?: readonly string[]
  /** Letters that do the same. */
  readonly letters?: string
}

/** Scripts by the ranges of their code points; a letter outside all of them has none. */
const scripts = {
  latin: [
    [0x41, 0x5a],
    [0x61, 0x7a],
    [0xc0, 0x24f],
    [0x1e00, 0x1eff],
  ],
  han: [
    [0x3400, 0x9fff],
    [0xf900, 0xfaff],
  ],
  kana: [[0x3041, 0x30ff]],
  hangul: [
    [0x1100, 0x11ff],
    [0x3130, 0x318f],
    [0xac00, 0xd7a3],
  ],
  cyrillic: [[0x400, 0x52f]],
  arabic: [
    [0x620, 0x64a],
    [0x66e, 0x6d3],
    [0x6fa, 0x6ff],
  ],
  devanagari: [
    [0x900, 0x963],
    [0x971, 0x97f],
  ],
  bengali: [[0x980, 0x9e3]],
  gurmukhi: [[0xa00, 0xa65]],
  gujarati: [[0xa80, 0xae3]],
  tamil: [[0xb80, 0xbd7]],
  telugu: [[0xc00, 0xc63]],
  kannada: [[0xc80, 0xce3]],
  thai: [[0xe01, 0xe4d]],
  hebrew: [[0x5d0, 0x5ea]],
  greek: [[0x370, 0x3ff]],
  malayalam: [[0xd05, 0xd61]],
} as const satisfies Readonly<Record<string, readonly (readonly [number, number])[]>>
type Script = keyof typeof scripts

const scriptNames = Object.keys(scripts) as Script[]
/** Script number of every code unit below 0xffff, 255 for none. */
const scriptOf = new Uint8Array(0x10000).fill(255)
scriptNames.forEach((name, number) => {
  for (const [from, to] of scripts[name]) scriptOf.fill(number, from, to + 1)
})

const list = (words: string): readonly string[] => words.split(' ')

/** Languages that constraints ask for, by ISO 639-1 code. */
export const languages: ReadonlyMap<string, LanguageSigns> = new Map<string, LanguageSigns>([
  [
    'en',
    {
      names: /\benglish\b|英文|英语/i,
      script: 'latin',
      words: list('the and of to is in that it for you was with are this on as have not be'),
    },
  ],
  ['zh', { names: /\bchinese\b|\bmandarin\b|中文|汉语|普通话/i, script: 'han' }],
  ['ja', { names: /\bjapanese\b|日语|日文/i, script: 'kana' }],
  ['ko', { names: /\bkorean\b|韩语|韩文|朝鲜语/i, script: 'hangul' }],
  [
    'fr',
    {
      names: /\bfrench\b|法语|法文/i,
      script: 'latin',
      words: list('le la les et des est une un dans pour que qui vous nous du pas je sur avec ce'),
    },
  ],
  [
    'de',
    {
      names: /\bgerman\b|德语|德文/i,
      script: 'latin',
      words: list('der die das und ist nicht ein eine zu den mit ich sie auf für von dem es im auch'),
    },
  ],
  [
    'es',
    {
      names: /\bspanish\b|西班牙语|西班牙文/i,
      script: 'latin',
      words: list('el los las y es una que en por con para del se lo como más su no está al'),
    },
  ],
  [
    'it',
    {
      names: /\bitalian\b|意大利语|意大利文/i,
      script: 'latin',
      words: list('il lo gli e è una che di per con non del della sono nel si ma come più al'),
    },
  ],
  [
    'pt',
    {
      names: /\bportuguese\b|葡萄牙语/i,
      script: 'latin',
      words: list('o os as e é uma que em para com não do da são no na um se mais por'),
    },
  ],
  ['vi', { names: /\bvietnamese\b|越南语/i, script: 'latin', letters: 'ơưđạảấầẩậắằặẹẻếềểễệịọỏốồổộớờởợụủứừửựỳỵỷ' }],
  [
    'fi',
    {
      names: /\bfinnish\b|芬兰语/i,
      script: 'latin',
      words: list('ja on ei se että hän oli mutta ovat kun niin myös joka tai olla voi minä'),
    },
  ],
  [
    'sw',
    {
      names: /\bswahili\b|斯瓦希里语/i,
      script: 'latin',
      words: list('na ya wa kwa ni za la katika kuwa hii cha au yake sana kila watu'),
    },
  ],
  [
    'nl',
    {
      names: /\bdutch\b|荷兰语/i,
      script: 'latin',
      words: list('de het een en van is dat niet zijn op te met voor aan ook er maar'),
    },
  ],
  ['ru', { names: /\brussian\b|俄语|俄文/i, script: 'cyrillic', letters: 'ыэё' }],
  [
    'bg',
    {
      names: /\bbulgarian\b|保加利亚语/i,
      script: 'cyrillic',
      words: list('е са на да се за от като със това не и което'),
    },
  ],
  ['ar', { names: /\barabic\b|阿拉伯语|阿拉伯文/i, script: 'arabic', letters: 'ةىيك' }],
  ['ur', { names: /\burdu\b|乌尔都语/i, script: 'arabic', letters: 'ٹڈڑںےہھ' }],
  [
    'fa',
    { names: /\b(?:persian|farsi)\b|波斯语/i, script: 'arabic', words: list('و در به از که این را با است برای آن می') },
  ],
  ['hi', { names: /\bhindi\b|印地语/i, script: 'devanagari', words: list('है हैं के में की का और से को पर नहीं यह') }],
  ['mr', { names: /\bmarathi\b|马拉地语/i, script: 'devanagari', words: list('आहे आणि आहेत च्या या हे मध्ये ते नाही') }],
  ['ne', { names: /\bnepali\b|尼泊尔语/i, script: 'devanagari', words: list('छ र को मा छन् हो यो पनि गर्न लागि') }],
  ['bn', { names: /\bbengali\b|孟加拉语/i, script: 'bengali' }],
  ['gu', { names: /\bgujarati\b|古吉拉特语/i, script: 'gujarati' }],
  ['pa', { names: /\bpunjabi\b|旁遮普语/i, script: 'gurmukhi' }],
  ['ta', { names: /\btamil\b|泰米尔语/i, script: 'tamil' }],
  ['te', { names: /\btelugu\b|泰卢固语/i, script: 'telugu' }],
  ['kn', { names: /\bkannada\b|卡纳达语/i, script: 'kannada' }],
  ['th', { names: /\bthai\b|泰语|泰文/i, script: 'thai' }],
  ['he', { names: /\bhebrew\b|希伯来语/i, script: 'hebrew' }],
  ['el', { names: /\bgreek\b|希腊语|希腊文/i, script: 'greek' }],
  ['ml', { names: /\bmalayalam\b|马拉雅拉姆语/i, script: 'malayalam' }],
  ['uk', { names: /\bukrainian\b|乌克兰语/i, script: 'cyrillic', letters: 'іїєґ' }],
  [
    'pl',
    {
      // In lower case the word is a verb.
      names: /\bPolish\b|波兰语|波兰文/,
      script: 'latin',
      words: list('nie na się że to jest z do jak ale od przez był są dla'),
      letters: 'łąęśżźćń',
    },
  ],
  [
    'tr',
    {
      names: /\bturkish\b|土耳其语/i,
      script: 'latin',
      words: list('ve bir bu için ile çok olarak daha gibi ama olan kadar'),
      letters: 'ğış',
    },
  ],
  [
    'sv',
    {
      names: /\bswedish\b|瑞典语/i,
      script: 'latin',
      words: list('och att det som på är av för med till inte den ett'),
    },
  ],
  [
    'id',
    {
      names: /\bindonesian\b|印尼语|印度尼西亚语/i,
      script: 'latin',
      words: list('dan yang untuk dengan ini itu dari pada tidak adalah dalam akan'),
    },
  ],
])

/** Languages that a word, and a letter, speak for. */
const byWord = index(({ words = [] }) => words)
const byLetter = index(({ letters = '' }) => [...letters])

function index(signsOf: (signs: LanguageSigns) => readonly string[]): ReadonlyMap<string, readonly string[]> {
  const codes = new Map<string, string[]>()
  for (const [code, signs] of languages) {
    for (const sign of signsOf(signs)) codes.set(sign, [...(codes.get(sign) ?? []), code])
  }
  return codes
}

/** Longest stretch of a response that is looked at. */
const sample = 2000

/** Code of the language that a constraint names, or null. */
export function askedLanguage(constraint: string): string | null {
  for (const [code, { names }] of languages) if (names.test(constraint)) return code
  return null
}

/** Code of the language that a response is most likely in, or null without letters of a known script. */
export function spokenLanguage(response: string): string | null {
  const text = response.slice(0, sample).toLowerCase()
  const counts = new Uint32Array(256)
  let letters = 0
  for (let index = 0; index < text.length; index += 1) {
    const script = scriptOf[text.charCodeAt(index)]!
    counts[script]! += 1
    if (script !== 255) letters += 1
  }
  if (letters === 0) return null
  // Japanese mixes kana with Han signs.
  if (counts[kana]! > letters * 0.1) return 'ja'
  const script = scriptNames.reduce((best, _name, number) => (counts[number]! > counts[best]! ? number : best), 0)
  const name = scriptNames[script]!
  const fitting = [...languages].filter(([, signs]) => signs.script === name)
  if (fitting.length < 2) return fitting[0]?.[0] ?? null
  return mostSpoken(
    text,
    fitting.map(([code]) => code),
  )
}
const kana = scriptNames.indexOf('kana')

/** The language with most signs, of those that share a script; the first one without any sign. */
function mostSpoken(text: string, codes: readonly string[]): string | null {
  const votes = new Map(codes.map((code) => [code, 0]))
  const vote = (speakers: readonly string[] | undefined) => {
    for (const code of speakers ?? []) {
      const votesSoFar = votes.get(code)
      if (votesSoFar !== undefined) votes.set(code, votesSoFar + 1)
    }
  }
  for (const word of text.match(/[\p{L}\p{M}]+/gu) ?? []) if (word.length < 8) vote(byWord.get(word))
  for (const letter of text) if (letter > '\u007f') vote(byLetter.get(letter))
  let best = codes[0] ?? null
  for (const [code, count] of votes) if (count > (votes.get(best ?? '') ?? 0)) best = code
  return best
}
