import { sha256 } from '../../core/hash.ts'
import type { UpstreamTemplate } from '../../data/upstream-template/index.ts'

const text = `请你逐条核对一份回答是否达到了给定的要求。

下面会依次给出四部分材料：
一、任务：写给回答者的完整要求；
二、参考答案：供对照使用，可能为空，为空时不必理会；
三、回答：需要核对的文本；
四、核对项：若干条要求，条与条之间隔一个空行。

请按核对项的原有顺序逐条给出结论，每条写成：核对项原文（一字不改）、一个制表符、一个数字。达到要求写 1，没有达到或只达到一部分写 0。条与条之间隔一个空行。除此之外不要写任何解释、标题或编号。

例如，核对项是“使用书信格式”和“不超过一百字”，而回答是一封三百字的信，那么结论是：
使用书信格式	1

不超过一百字	0

【任务】
{prompt}

【参考答案】
{gold_ans}

【回答】
{response}

【核对项】
{criteria}

【结论】
`

/**
 * Judge prompt of this project's own wording, with the slots and the reply format of upstream's. Scores made with it are
 * labelled `house-prompt`.
 */
export const houseTemplate: UpstreamTemplate = { id: 'cfbench/house', text, sha256: sha256(text), style: 'named' }
