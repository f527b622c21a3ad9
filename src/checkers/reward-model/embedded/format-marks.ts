import type { ResponseReading } from './response-reading.ts'
import { bulletLine, numberedLine } from './segments.ts'

/** A property of responses that constraints ask for or forbid by name. */
export interface FormatMark {
  readonly id: string
  /** Constraint texts that speak of it. */
  readonly asked: RegExp
  readonly holds: (reading: ResponseReading) => boolean
  /** True when the mark itself is what such a constraint asks for, and not a hint at it. */
  readonly isExact: boolean
}

const hints: ReadonlySet<string> = new Set(
  'example conclusion opening firstPerson secondPerson archaic metaphor dialogue letterForm refusal question digits'.split(
    ' ',
  ),
)
const mark = (id: string, asked: RegExp, holds: FormatMark['holds']): FormatMark => ({
  id,
  asked,
  holds,
  isExact: !hints.has(id),
})
const inText =
  (pattern: RegExp): FormatMark['holds'] =>
  ({ text }) =>
    pattern.test(text)
const hasLine =
  (pattern: RegExp): FormatMark['holds'] =>
  ({ lines }) =>
    lines.some((line) => pattern.test(line))

/** Properties in a fixed order: features are numbered by it. */
export const formatMarks: readonly FormatMark[] = [
  mark('json', /\bjson\b/i, ({ text }) => isJson(text)),
  mark('bullets', /\bbullet|\bunordered list|项目符号|无序列表|要点/i, hasLine(bulletLine)),
  mark(
    'numbered',
    /\bnumbered|\bnumbering|\bordered list|\bsteps?\b|编号|序号|有序|步骤|分点|列表|条列|\blist\b/i,
    hasLine(numberedLine),
  ),
  mark(
    'heading',
    /\bheadings?\b|\bheaders?\b|\bsubheadings?\b|\bmarkdown\b|小标题|标题/i,
    hasLine(/^\s{0,3}#{1,6}\s|^\*\*[^*]{1,120}\*\*:?\s*$/),
  ),
  mark('bold', /\bbold|加粗|粗体/i, inText(/\*\*[^*\n]{1,300}\*\*/)),
  mark('highlight', /\bhighlight|\bitalic|\bemphasi[sz]e|斜体|高亮|突出显示|强调/i, inText(/\*[^*\n]{1,300}\*/)),
  mark(
    'code',
    /\bcode\b|\bscript\b|\bpython\b|\bsnippet|代码/i,
    inText(/```|\bdef \w+\(|\bfunction\b|\bimport \w+|[{};]\s*$/m),
  ),
  mark('table', /\btable\b|\bcolumns?\b|\btabular\b|表格|列表形式/i, hasLine(/^\s*\|.{1,400}\|/)),
  mark(
    'angleTitle',
    /<<|double angular|angular brackets|angle brackets|\btitle\b|尖括号|书名号|标题/i,
    inText(/<<(?=[^\n<>]{0,200}[^\s<>])[^\n<>]{1,200}>>/),
  ),
  mark('bookTitle', /书名号|《/, inText(/《[^》\n]{1,80}》/)),
  mark('postscript', /\bpostscript\b|\bP\.\s?(?:P\.\s?)?S|附言|后记/i, inText(/\bP\.\s?(?:P\.\s?)?S\.?/i)),
  mark('placeholder', /\bplaceholders?\b|square brackets|占位符|方括号/i, inText(/\[[^\]\n]{1,200}\]/)),
  mark(
    'wrapped',
    /\b(?:wrap|enclos|surround|put)[a-z]*\b[^.]{0,60}(?:quot|quotation)|double quotation|(?:双)?引号/i,
    ({ trimmed }) => /^["“”「][\s\S]*["”“」]$/.test(trimmed),
  ),
  mark(
    'wrappedStraight',
    /\b(?:wrap|enclos|surround|put)[a-z]*\b[^.]{0,60}(?:quot|quotation)|double quotation|(?:双)?引号/i,
    ({ trimmed }) => trimmed.length > 1 && trimmed.startsWith('"') && trimmed.endsWith('"'),
  ),
  mark(
    'allUpper',
    /\ball (?:in )?(?:capital|caps|upper)|\bcapital letters\b|upper\s?-?case|\bcapitali[sz]e (?:every|all|the (?:whole|entire))|(?:\bno|\bnot|n't|without|avoid|never)\b[^.]{0,30}(?:lower\s?-?case|small letters)|大写|不[^。]{0,8}小写/i,
    ({ letterCase }) => letterCase === 'upper',
  ),
  mark(
    'allLower',
    /lower\s?-?case|\bsmall letters\b|(?:\bno|\bnot|n't|without|avoid|never)\b[^.]{0,30}(?:capital|upper)|小写|不[^。]{0,8}大写/i,
    ({ letterCase }) => letterCase === 'lower',
  ),
  mark('comma', /\bcommas?\b|逗号/i, inText(/[,，]/)),
  mark('asciiComma', /\bcommas?\b/i, inText(/,/)),
  mark('period', /\bperiods?\b|\bfull stops?\b|句号/i, inText(/[.。]/)),
  mark('exclamation', /\bexclamation|感叹号|叹号/i, inText(/[!！]/)),
  mark('question', /\bquestion mark|\bquestions?\b|\bask\b|\binterrogative|问号|疑问|反问|提问|问句/i, inText(/[?？]/)),
  mark('semicolon', /\bsemicolons?\b|分号/i, inText(/[;；]/)),
  mark('colon', /\bcolons?\b|冒号/i, inText(/[:：]/)),
  mark('dash', /\bdash(?:es)?\b|\bhyphens?\b|破折号|连字符/i, inText(/[-–—]/)),
  mark('parenthesis', /\bparenthes|\bround brackets|圆括号|括号/i, inText(/[()（）]/)),
  mark('ellipsis', /\bellips|省略号/i, inText(/…|\.\.\./)),
  mark('anyPunctuation', /\bpunctuation\b|标点/i, inText(/[\p{P}]/u)),
  mark('emoji', /\bemojis?\b|\bemoticons?\b|表情/i, inText(/\p{Extended_Pictographic}/u)),
  mark(
    'digits',
    /\bdigits?\b|\bnumerals?\b|\bnumbers?\b|\bstatistics\b|\bfigures\b|数字|数据|阿拉伯数字/i,
    inText(/[0-9]/),
  ),
  mark('url', /\burls?\b|\blinks?\b|\bhyperlinks?\b|链接|网址/i, inText(/https?:\/\/|www\./i)),
  mark('hashtag', /\bhashtags?\b|话题标签|标签|小红书/i, inText(/(?:^|\s)#[^\s#]{1,60}/)),
  mark('separator', /\*{3,}|\basterisk|\bdivider|\bseparat|星号|分隔/i, inText(/\*{3,}|^-{3,}$/m)),
  mark(
    'sixAsterisks',
    /\*{6}|\b(?:six|6) asterisk|\btwo (?:\w+ )?(?:responses|answers|versions)|六个星号|两[个种份](?:不同的)?(?:回答|回复|版本|答案)/i,
    ({ text }) => text.split('******').length === 2,
  ),
  mark(
    'dialogue',
    /\bdialogue|\bconversation|\bquotes?\b|对话|对白/i,
    inText(/["“「][^"”」\n]{2,200}["”」]|^[\p{L} ]{1,30}[:：]/mu),
  ),
  mark(
    'letterForm',
    /\bletter\b|\bemail\b|\be-mail\b|书信|信件|邮件/i,
    inText(/\b(?:dear|sincerely|regards)\b|尊敬的|亲爱的|此致|敬礼/i),
  ),
  mark(
    'firstPerson',
    /\bfirst[- ]person|\bpersona\b|\bas (?:a|an|if you)\b|\bimagine you|第一人称|口吻|扮演|角色|身份/i,
    inText(/\bI\b|\bmy\b|我/),
  ),
  mark('secondPerson', /\bsecond[- ]person|\baddress the reader|第二人称|读者/i, inText(/\byou\b|你|您/i)),
  mark(
    'archaic',
    /\bshakespear|\bmedieval|\bpirate|\bold english|\bbiblical|文言|古文|古风|武侠/i,
    inText(/\b(?:thou|thee|thy|hath|doth|'tis|arr+|ye|forsooth|hark)\b|[之乎者也矣焉哉]/i),
  ),
  mark(
    'metaphor',
    /\bmetaphors?\b|\bsimiles?\b|\bfigurative|比喻|修辞|拟人/i,
    inText(/\blike an?\b|\bas if\b|\bas \w+ as\b|像|如同|仿佛|犹如/i),
  ),
  mark(
    'example',
    /\bexamples?\b|\binstances?\b|\billustrat|例子|举例|案例|示例/i,
    inText(/\b(?:for example|for instance|such as|e\.g\.)|例如|比如|譬如|举例/i),
  ),
  mark(
    'conclusion',
    /\bconclu|\bsummar|\bin short|总结|结论|概括|小结/i,
    inText(/\b(?:in conclusion|in summary|overall|to sum up|ultimately)\b|总之|综上|总结|总的来说|因此/i),
  ),
  mark(
    'opening',
    /\bopening\b|\bgreet|\bintroduc|开头|开场|问候|引言/i,
    inText(/^\s*(?:hello|hi|dear|greetings|welcome)\b|^\s*(?:你好|您好|大家好|各位|尊敬|亲爱)/i),
  ),
  mark(
    'constrained',
    /\bmy answer is (?:yes|no|maybe)|\byes\b[^.]{0,40}\bno\b|是或否|是[、或/]否/i,
    inText(/\bmy answer is (?:yes|no|maybe)\.|^\s*(?:yes|no|是|否|对|错)[\s\S]{0,3}$/i),
  ),
  mark(
    'refusal',
    /\brefus|\bdecline|拒绝/i,
    inText(/\bI (?:can't|cannot|won't|am unable|'m sorry)|\bas an AI\b|抱歉|无法/i),
  ),
  mark('latin', /\benglish\b|\blatin\b|英文|英语|字母|拼音/i, inText(/[A-Za-z]{2}/)),
  mark('han', /\bchinese\b|中文|汉字|汉语/i, inText(/\p{Script=Han}/u)),
  mark('startsUpper', /\bcapitali[sz]|\bcapital letters?\b|首字母|大写/i, inText(/^\s*["“]?\p{Lu}/u)),
]

/** True for a text that is one JSON value, perhaps inside one code fence. */
function isJson(text: string): boolean {
  const inner = text
    .trim()
    .replace(/^```[a-z]{0,8}\s*/i, '')
    .replace(/\s*```$/, '')
  if (!/^[[{"\d-]/.test(inner) || inner.length > 200_000) return false
  try {
    JSON.parse(inner)
    return true
  } catch {
    return false
  }
}
