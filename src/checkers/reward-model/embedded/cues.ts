/** A kind of wish that a constraint text gives away by its words. */
export interface Cue {
  readonly id: string
  readonly pattern: RegExp
}

/** Kinds of constraint in a fixed order: features are numbered by it. */
export const cues: readonly Cue[] = [
  {
    id: 'begin',
    pattern: /\bbegin|\bstart|\bopen(?:s|ing)? with|\bfirst (?:word|sentence|line)|开头|开始|起始|首句|首先/i,
  },
  {
    id: 'end',
    pattern:
      /\bend(?:s|ed|ing)?\b|\bfinish|\bconclud|\bclos(?:e|es|ing)\b|\blast (?:word|sentence|line)|结尾|结束|末尾|收尾/i,
  },
  {
    id: 'include',
    pattern:
      /\binclud|\bcontain|\bmention|\bappear|\buse\b|\bfeature|\bincorporat|包含|包括|提到|提及|出现|使用|带有|涵盖/i,
  },
  {
    id: 'exclude',
    pattern:
      /\bexclud|\bavoid|\brefrain|\bwithout\b|\bomit|\bforbid|\bprohibit|\bfree of\b|\bban(?:ned)?\b|\bclear of\b|\bkeep [^.]{1,60} out\b|\boff[- ]limits\b|避免|不许|别用|切忌|禁止|排除|不含|不出现|不得|不能|不要|不可|不包含/i,
  },
  { id: 'only', pattern: /\bonly\b|\bsolely\b|\bentire(?:ly)?\b|\bnothing else|\bno other|只|仅|全部|整个/i },
  {
    id: 'exactly',
    pattern: /\bexactly\b|\bidentical|\bverbatim|\bword for word|\brepeat|完全|逐字|一模一样|一致|原样|重复/i,
  },
  { id: 'each', pattern: /\beach\b|\bevery\b|\ball\b|每|所有|各/i },
  {
    id: 'length',
    pattern: /\bwords?\b|\bsentences?\b|\bparagraphs?\b|\blength|\bcharacters?\b|字数|字以|长度|篇幅|段|句/i,
  },
  { id: 'brief', pattern: /\bbrief|\bconcise|\bshort|\bsuccinct|简短|简洁|精炼|简明|简要/i },
  { id: 'detailed', pattern: /\bdetail|\bcomprehensive|\bin[- ]depth|\belaborat|\bthorough|详细|全面|深入|具体/i },
  { id: 'style', pattern: /\bstyle|\btone|\bmanner|\bvoice|\bpersona|风格|语气|口吻|语调|文风/i },
  { id: 'formal', pattern: /\bformal|\bprofessional|\bacademic|\bscholarly|正式|专业|学术|严谨/i },
  {
    id: 'playful',
    pattern: /\bhumor|\bfunny|\bwitty|\bplayful|\bcasual|\bwhimsical|\bsarcas|幽默|风趣|活泼|轻松|口语|搞笑/i,
  },
  { id: 'emotion', pattern: /\bemotion|\bempath|\bwarm|\bsentiment|\bpassion|情感|情绪|温暖|感情|共情/i },
  { id: 'positive', pattern: /\bpositive|\boptimis|\bencourag|\binspir|积极|正面|乐观|鼓励/i },
  {
    id: 'role',
    pattern: /\brole\b|\bact as|\bpretend|\bimagin(?:e|ing) you|\bpersona|\bperspective|扮演|作为|身份|角色|视角/i,
  },
  {
    id: 'audience',
    pattern: /\baudience|\breaders?\b|\bchild|\bbeginner|\blayman|\bfor kids|读者|受众|儿童|孩子|新手|面向/i,
  },
  { id: 'poem', pattern: /\bpoem|\bpoetry|\bhaiku|\bsonnet|\brhym|\bsyllab|\bverse|诗|押韵|韵/i },
  { id: 'story', pattern: /\bstory|\bnarrativ|\bplot|\bcharacter development|故事|情节|小说|叙述/i },
  {
    id: 'structure',
    pattern: /\bstructur|\bformat|\bsection|\borganiz|\blayout|\btemplate|\boutline|结构|格式|模板|分为|层次/i,
  },
  { id: 'order', pattern: /\border\b|\bchronolog|\bsequen|\bfirst\b[^.]{0,80}\bthen\b|顺序|依次|先[^。]{0,40}[再后]/i },
  { id: 'keyword', pattern: /\bkeyword|\bphrase|\bthe word|\bterm\b|关键词|词语|字眼|短语|字样/i },
  { id: 'letter', pattern: /\bletter|字母/i },
  { id: 'language', pattern: /\blanguage|\btranslat|\bbilingual|语言|翻译|双语/i },
  { id: 'punctuation', pattern: /\bpunctuation|\bcomma|\bperiod\b|\bexclamation|标点|逗号|句号|感叹号|问号/i },
  { id: 'case', pattern: /\bcapital|upper\s?-?case|lower\s?-?case|\bcaps\b|大写|小写/i },
  {
    id: 'content',
    pattern: /\bexplain|\bdescrib|\bdiscuss|\banalyz|\bprovide|\bidentif|\bcompare|解释|描述|分析|介绍|说明|讨论|阐述/i,
  },
  { id: 'reason', pattern: /\breason|\bjustif|\bbecause|\bwhy\b|\bevidence|\bcause|理由|原因|依据|论据/i },
  { id: 'example', pattern: /\bexamples?\b|\binstance|例|案例/i },
  { id: 'number', pattern: /\d/ },
  { id: 'fact', pattern: /\baccura|\bcorrect|\bfactual|\btrue\b|\breal\b|准确|正确|真实|符合事实/i },
  { id: 'answer', pattern: /^(?:is|are|does|do|did|has|have|was|were)\b|[?？吗]\s*$|是否/i },
  { id: 'han', pattern: /\p{Script=Han}/u },
]

/** Phrases whose "no" or "not" bounds an amount or asks for something, instead of forbidding. */
const affirmative =
  /\b(?:no|not|n't) (?:more|less|fewer|longer|shorter|greater|lower|exceed(?:ing)?)\b(?: than)?|不(?:得|能|要|应|可)?(?:少于|多于|超过|低于|高于|小于|大于|超出|短于|足|到)|不(?:仅|但|只|多不少)|\bnot only\b|\b(?:none|no(?:t|thing)?|never|n't)\b[^.]{0,40}\b(?:missing|omit(?:ted)?|left out|leave out|forget|forgotten|skip(?:ped)?)\b|(?:不|缺|无|勿|别)[^。，]{0,3}(?:少|缺|遗漏|漏|忘|不可)|\bnothing (?:else|more)|\bno other\b|\bno one else\b|\byes\b[^.]{0,12}\bno\b/gi
const negation =
  /\b(?:no|not|never|without|avoid(?:s|ed|ing)?|refrain|exclud(?:e|es|ed|ing)|omit|forbid(?:den)?|prohibit(?:ed)?|free (?:of|from)|absent|none|neither|nor|cannot|banned?|clear of|leave out|keep [^.]{1,60} out|disallow(?:ed)?|taboo|off[- ]limits|skip)\b|n't\b|不|没有|避免|禁|勿|别(?!人|的|墅)|无(?!论|序)|未|切忌|杜绝|去掉|剔除/i

/** True when a constraint forbids rather than asks. */
export function isNegated(constraint: string): boolean {
  return negation.test(constraint.replace(affirmative, ' '))
}
