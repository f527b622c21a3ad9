/** A language with its names in constraints and what gives it away in a response. */
interface LanguageSigns {
  readonly names: RegExp
  /** Script that most letters of the response belong to. */
  readonly script: RegExp
  /** Words or letters that tell it from others in the same script; left out: the script is enough. */
  readonly signs?: RegExp
}

const latin = /\p{Script=Latin}/gu
const arabic = /\p{Script=Arabic}/gu
const cyrillic = /\p{Script=Cyrillic}/gu
const devanagari = /\p{Script=Devanagari}/gu

function words(list: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{M}])(?:${list.split(' ').join('|')})(?![\\p{L}\\p{M}])`, 'giu')
}

/** Languages that constraints ask for, by ISO 639-1 code. */
export const languages: ReadonlyMap<string, LanguageSigns> = new Map<string, LanguageSigns>([
  [
    'en',
    {
      names: /\benglish\b|英文|英语/i,
      script: latin,
      signs: words('the and of to is in that it for you was with are this on as have not be'),
    },
  ],
  ['zh', { names: /\bchinese\b|\bmandarin\b|中文|汉语|普通话/i, script: /\p{Script=Han}/gu }],
  [
    'ja',
    {
      names: /\bjapanese\b|日语|日文/i,
      script: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/gu,
      signs: /[\p{Script=Hiragana}\p{Script=Katakana}]/gu,
    },
  ],
  ['ko', { names: /\bkorean\b|韩语|韩文|朝鲜语/i, script: /\p{Script=Hangul}/gu }],
  [
    'fr',
    {
      names: /\bfrench\b|法语|法文/i,
      script: latin,
      signs: words('le la les et des est une un dans pour que qui vous nous du pas je sur avec ce'),
    },
  ],
  [
    'de',
    {
      names: /\bgerman\b|德语|德文/i,
      script: latin,
      signs: words('der die das und ist nicht ein eine zu den mit ich sie auf für von dem es im auch'),
    },
  ],
  [
    'es',
    {
      names: /\bspanish\b|西班牙语|西班牙文/i,
      script: latin,
      signs: words('el los las y es una que en por con para del se lo como más su no está al'),
    },
  ],
  [
    'it',
    {
      names: /\bitalian\b|意大利语|意大利文/i,
      script: latin,
      signs: words('il lo gli e è una che di per con non del della sono nel si ma come più al'),
    },
  ],
  [
    'pt',
    {
      names: /\bportuguese\b|葡萄牙语/i,
      script: latin,
      signs: words('o os as e é uma que em para com não do da são no na um se mais por'),
    },
  ],
  ['vi', { names: /\bvietnamese\b|越南语/i, script: latin, signs: /[ơưđạảấầẩậắằặẹẻếềểễệịọỏốồổộớờởợụủứừửựỳỵỷ]/giu }],
  [
    'fi',
    {
      names: /\bfinnish\b|芬兰语/i,
      script: latin,
      signs: words('ja on ei se että hän oli mutta ovat kun niin myös joka tai olla voi minä'),
    },
  ],
  [
    'sw',
    {
      names: /\bswahili\b|斯瓦希里语/i,
      script: latin,
      signs: words('na ya wa kwa ni za la katika kuwa hii cha au yake sana kila watu'),
    },
  ],
  [
    'nl',
    {
      names: /\bdutch\b|荷兰语/i,
      script: latin,
      signs: words('de het een en van is dat niet zijn op te met voor aan ook er maar'),
    },
  ],
  ['ru', { names: /\brussian\b|俄语|俄文/i, script: cyrillic, signs: /[ыэё]/giu }],
  [
    'bg',
    {
      names: /\bbulgarian\b|保加利亚语/i,
      script: cyrillic,
      signs: words('е са на да се за от като със това не и което'),
    },
  ],
  ['ar', { names: /\barabic\b|阿拉伯语|阿拉伯文/i, script: arabic, signs: /[ةىيك]/gu }],
  ['ur', { names: /\burdu\b|乌尔都语/i, script: arabic, signs: /[ٹڈڑںےہھ]/gu }],
  [
    'fa',
    { names: /\b(?:persian|farsi)\b|波斯语/i, script: arabic, signs: words('و در به از که این را با است برای آن می') },
  ],
  ['hi', { names: /\bhindi\b|印地语/i, script: devanagari, signs: words('है हैं के में की का और से को पर नहीं यह') }],
  ['mr', { names: /\bmarathi\b|马拉地语/i, script: devanagari, signs: words('आहे आणि आहेत च्या या हे मध्ये ते नाही') }],
  ['ne', { names: /\bnepali\b|尼泊尔语/i, script: devanagari, signs: words('छ र को मा छन् हो यो पनि गर्न लागि') }],
  ['bn', { names: /\bbengali\b|孟加拉语/i, script: /\p{Script=Bengali}/gu }],
  ['gu', { names: /\bgujarati\b|古吉拉特语/i, script: /\p{Script=Gujarati}/gu }],
  ['pa', { names: /\bpunjabi\b|旁遮普语/i, script: /\p{Script=Gurmukhi}/gu }],
  ['ta', { names: /\btamil\b|泰米尔语/i, script: /\p{Script=Tamil}/gu }],
  ['te', { names: /\btelugu\b|泰卢固语/i, script: /\p{Script=Telugu}/gu }],
  ['kn', { names: /\bkannada\b|卡纳达语/i, script: /\p{Script=Kannada}/gu }],
  ['th', { names: /\bthai\b|泰语|泰文/i, script: /\p{Script=Thai}/gu }],
])

/** Longest stretch of a response that is looked at. */
const sample = 4000

/** Code of the language that a constraint names, or null. */
export function askedLanguage(constraint: string): string | null {
  for (const [code, { names }] of languages) if (names.test(constraint)) return code
  return null
}

/** Code of the language that a response is most likely in, or null without letters of a known script. */
export function spokenLanguage(response: string): string | null {
  const text = response.slice(0, sample)
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  if (letters === 0) return null
  let best: string | null = null
  let bestScore = 0
  for (const [code, { script, signs }] of languages) {
    const share = (text.match(script)?.length ?? 0) / letters
    if (share < 0.3) continue
    // A script of its own outweighs the signs of languages that share one.
    const score = share + (signs === undefined ? 0.5 : Math.min(5, (40 * (text.match(signs)?.length ?? 0)) / letters))
    if (score > bestScore) {
      best = code
      bestScore = score
    }
  }
  return best
}
