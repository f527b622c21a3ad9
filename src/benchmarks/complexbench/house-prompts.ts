/**
 * Prompts in the harness's own words, for runs without the upstream files. They ask for the same reply formats, so that
 * the same parsers read the replies; figures made with them carry the label `house-prompt`.
 */
export interface PromptTexts {
  /** Slots: input, output, question. */
  readonly judge: string
  /** Slots: instruction, response, question. */
  readonly extraction: string
  /** The same for questions about several passages. */
  readonly extractionEach: string
}

const extractionHead = `你负责从一段模型回复中摘录内容。下面依次给出用户指令、模型回复和一个评分问题。请找出评分问题所考察的那部分回复，原样抄录，供后续程序检查。

摘录规则：
1. 只抄录，不改写、不增删、不纠错，标点和空格也保持原样。
2. 不要判断回复是否满足要求；即使不满足，也照样摘录被考察的部分。`

const extractionTail = `

请按下面的格式作答：
【解释】
（用一两句话说明你摘录了哪一部分）

【模型回复中评分问题的评测对象】
评分对象：（摘录的内容）

用户指令：
{instruction}

模型回复：
{response}

评分问题：
{question}
`

export const housePrompts: PromptTexts = {
  judge: `你是一名严格的评审员。请依据用户指令，判断模型回复是否满足下面这一个评分问题。

评审规则：
1. 只回答这一个问题，其他优点或缺点一概不考虑。
2. 从严判断：只满足了一部分，按不满足处理。
3. 问题中出现“每个”“所有”时，必须全部满足才算满足。
4. 要求分点时，必须有项目符号或编号才算分点。
5. 对语言有要求时，不得夹杂其他语言，除非指令允许。
6. 问题考察是否正确判断了条件分支时，只要回复实际走了正确的分支，就算满足。

请先写一行以“分析：”开头的简短分析，再另起一行写出结论。结论行必须是“答案：是”或“答案：否”，不要加任何其他内容。

用户指令：
{input}

模型回复：
{output}

评分问题：
{question}
`,
  extraction: `${extractionHead}
3. 摘录连续的一段。如果考察的是整个回复，只写 all；如果回复中没有相应内容，只写 None。
4. 如果考察的是开头或结尾，摘录相应部分的第一句或最后一句。${extractionTail}`,
  extractionEach: `${extractionHead}
3. 评分问题考察多个并列的部分，请逐一摘录，各部分之间用 || 分隔；如果回复中没有相应内容，只写 None。
4. 如果考察的是每一部分的开头或结尾，摘录各部分的第一句或最后一句。${extractionTail}`,
}
