import { describe, expect, it } from 'vitest'
import { check, passes } from './_rules.ts'

const three = 'Ida Potter moved. The actor left. Her films have stayed.'

describe('cumulative rules in English', () => {
  it('counts a blank piece after the last stop as a sentence', () => {
    expect(passes('cnn_dailymail', three, { level: 1 })).toBe(true)
    expect(check('cnn_dailymail', `${three}\n`, { level: 1 })).toMatchObject({ pass: false, found: '4 sentences' })
    expect(passes('cnn_dailymail', 'One... Two!? Three', { level: 1 })).toBe(true)
    expect(passes('cnn_dailymail', 'It cost 1.5 coins. Two.', { level: 1 })).toBe(true)
  })

  it('adds one condition per level', () => {
    const long = `Ida Potter moved ${'very '.repeat(12)}far. The actor left. Her films have stayed.`
    expect(passes('cnn_dailymail', long, { level: 1 })).toBe(true)
    expect(check('cnn_dailymail', long, { level: 2 })).toMatchObject({ pass: false, found: 'one of 16' })
    const wrongOrder = 'The actor left. Ida Potter moved. Her films have stayed.'
    expect(passes('cnn_dailymail', wrongOrder, { level: 2 })).toBe(true)
    expect(check('cnn_dailymail', wrongOrder, { level: 3 }).found).toBe('sentence 1 does not contain Potter')
    expect(passes('cnn_dailymail', three.replace('left', 'left a lavish flat'), { level: 3 })).toBe(true)
    expect(passes('cnn_dailymail', three.replace('left', 'left a lavish flat'), { level: 4 })).toBe(false)
    expect(passes('cnn_dailymail', three.replace('left', 'left a lavishness'), { level: 4 })).toBe(true)
    expect(passes('cnn_dailymail', three)).toBe(true)
    expect(passes('cnn_dailymail', three.replace('have stayed', 'have, stayed'))).toBe(false)
  })

  it('takes whole words with Unicode borders', () => {
    expect(passes('cnn_dailymail', three.replace('Potter', 'Potters'), { level: 3 })).toBe(false)
    expect(passes('cnn_dailymail', three.replace('Potter', 'Potter星'), { level: 3 })).toBe(false)
    expect(passes('cnn_dailymail', three.replace('Potter', 'Potter\u0301'), { level: 3 })).toBe(true)
    expect(passes('cnn_dailymail', three.replace('Potter', 'Potter-Vik'), { level: 3 })).toBe(true)
  })

  it('counts pieces between single spaces, not words, where upstream does', () => {
    const xsum = 'Crews are clearing a road in an operation'
    expect(passes('xsum', xsum)).toBe(true)
    expect(passes('xsum', xsum.replace(' a ', `${' '.repeat(13)}a `), { level: 2 })).toBe(false)
    expect(passes('xsum', `${xsum}${'\nword'.repeat(30)}`, { level: 2 })).toBe(true)
    expect(passes('xsum', xsum.replace('clearing', 'to clear'), { level: 4 })).toBe(false)
    expect(passes('xsum', xsum.replace('are clearing', 'are ing'), { level: 4 })).toBe(false)
    expect(passes('xsum', xsum.replace('are clearing', 'are\u00a0çing'), { level: 4 })).toBe(true)
    expect(passes('gigaword', 'a new line opens in the  valley', { level: 1 })).toBe(true)
  })

  it('searches for a stem in any case, long s included', () => {
    const samsum = 'Ines will do small stuff.'
    expect(passes('samsum', samsum)).toBe(true)
    for (const stem of ['Procrastination', 'procraſt']) {
      expect(passes('samsum', `Ines ${stem} stuff`, { level: 4 })).toBe(false)
    }
    expect(check('samsum', 'Ines, do small stuff.')).toMatchObject({ pass: false, found: '2 punctuation marks' })
    expect(passes('samsum', 'Ines does “small” stuff.')).toBe(true)
  })

  it('asks for lower case as Python does: digits alone are not lower case', () => {
    expect(passes('gigaword', 'a new line opens in the river valley', { level: 5 })).toBe(true)
    expect(passes('gigaword', '1 2 3 4 5 6 7 8', { level: 3 })).toBe(false)
    expect(passes('gigaword', 'ª 2 3 4 5 6 7 8', { level: 3 })).toBe(true)
    expect(passes('gigaword', 'a New line opens in the river valley', { level: 3 })).toBe(false)
    expect(passes('gigaword', 'a bus line opens in the river valley', { level: 4 })).toBe(false)
    expect(passes('gigaword', 'a busy line opens at the river valley', { level: 4 })).toBe(true)
  })

  it('compares the first two characters only', () => {
    expect(passes('arxiv', 'Western activations suffice')).toBe(true)
    expect(passes('arxiv', 'we use activations', { level: 3 })).toBe(false)
    expect(passes('arxiv', 'We use activations of Transformers')).toBe(true)
    expect(passes('arxiv', 'We use activations of a transformer')).toBe(false)
  })
})

describe('cumulative rules in Chinese', () => {
  const zh = { language: 'zh' } as const

  it('counts characters, astral ones once', () => {
    expect(passes('gigaword', '一二三四五六七八', { ...zh, level: 1 })).toBe(true)
    expect(passes('gigaword', '😀😀😀😀😀😀😀在', { ...zh, level: 5 })).toBe(true)
    expect(passes('gigaword', '电动线路在河谷里', { ...zh, level: 2 })).toBe(true)
  })

  it('takes number ideographs for numbers, but not the everyday word for two', () => {
    expect(passes('gigaword', '河谷一路改用电力', { ...zh, level: 3 })).toBe(false)
    expect(passes('gigaword', '河谷两路改用电力', { ...zh, level: 3 })).toBe(true)
    expect(passes('gigaword', '河谷Ⅳ路改用电力', { ...zh, level: 3 })).toBe(false)
  })

  it('knows some full-width marks as punctuation and not others', () => {
    const short = '她今晚做琐碎的事'
    expect(passes('samsum', `${short}。`, zh)).toBe(true)
    for (const mark of ['！', '、', '；', '‘']) expect(passes('samsum', `${short}${mark}`, zh)).toBe(false)
    for (const mark of ['，', '：', '’', '“', '!']) expect(passes('samsum', `${short}${mark}`, zh)).toBe(true)
  })

  it('cuts sentences at full-width stops only', () => {
    expect(passes('cnn_dailymail', '波特来了。演员走了！电影回来了', zh)).toBe(true)
    expect(passes('cnn_dailymail', '波特来了.演员走了.电影回来了', { ...zh, level: 1 })).toBe(false)
    expect(check('cnn_dailymail', '波特来了。演员走了。电影回来。\n', { ...zh, level: 1 }).found).toBe('4 sentences')
  })

  it('takes xsum and arxiv by substring', () => {
    expect(passes('xsum', '工人正在操作机器', zh)).toBe(true)
    expect(passes('xsum', '牛顿斯图尔特人在操作机器', zh)).toBe(false)
    expect(passes('arxiv', '我们研究少量激活', zh)).toBe(true)
    expect(passes('arxiv', '我们研究xtransformers的激活', zh)).toBe(false)
  })
})

const sentence = 'word '.repeat(20).concat('word')

describe('the rule of format group 22', () => {
  const good = [`${sentence}.`, `${sentence}.`, `${sentence}.`].join('\n\n')

  it('asks for three parts up to level 4 and for four at level 5', () => {
    expect(passes('format_22', good, { level: 3 })).toBe(true)
    expect(check('format_22', good, { level: 5 })).toMatchObject({ pass: false, found: '3 parts' })
    expect(passes('format_22', 'a\n\n\nb\n\nc', { level: 1 })).toBe(true)
    expect(passes('format_22', 'a\nb\nc', { level: 1 })).toBe(false)
  })

  it('cuts sentences over the whole text at level 3', () => {
    expect(check('format_22', good.replace('word.', '.'), { level: 3 })).toMatchObject({
      pass: false,
      found: 'one of 20',
    })
    expect(passes('format_22', `${sentence}.\n\n${sentence}\n\nx.`, { level: 3 })).toBe(true)
  })

  it('cannot be passed in English with numbered paragraphs, and can in Chinese', () => {
    const numbered = good.split('\n\n').map((part, index) => `${index + 1}. ${part}`)
    expect(check('format_22', numbered.join('\n\n'), { level: 4 })).toMatchObject({ pass: false, found: 'one of 1' })
    const part = '这是一条关于照顾植物的比较详细并且很实用的建议内容'
    const chinese = [1, 2, 3].map((number) => `${number}. ${part}。`).join('\n\n')
    expect(passes('format_22', chinese, { level: 4, language: 'zh' })).toBe(true)
    expect(passes('format_22', `${chinese}\n\n4. ${part}，这些是建议`, { level: 5, language: 'zh' })).toBe(true)
    expect(passes('format_22', `${chinese}\n\n4. ${part}，这些是建议。`, { level: 5, language: 'zh' })).toBe(false)
  })
})

describe('the rule of format group 30', () => {
  const line = (number: number) => `**${number}) Key:** one two three four five six seven eight nine.`
  const good = [1, 2, 3, 4, 5].map(line).join('\n')

  it('takes five bold numbered keywords in sentences of 10 to 15 words', () => {
    expect(passes('format_30', good)).toBe(true)
    expect(check('format_30', good.replace('**3)', '3)'))).toMatchObject({ pass: false, found: '4' })
    expect(check('format_30', good.replace('one two ', 'one ').replace('**1) Key:**', '**1)Key:**'))).toMatchObject({
      pass: false,
      found: 'one of 9',
    })
    expect(check('format_30', good.replace('eight', 'quick-ly')).found).toBe('quick-ly')
    expect(passes('format_30', good.replace('eight', 'quickly'))).toBe(true)
  })

  it('reads keywords lazily, within one line, and does not let them overlap', () => {
    const count = (text: string) => check('format_30', text, { level: 2 }).found
    expect(count('**1a:**2b:**3c:**4d:**5e:')).toBe('all of it')
    expect(count('**1a\n:**2b:')).toBe('1')
    expect(count('**1:')).toBe('0')
    expect(count('**1::')).toBe('1')
    expect(count('***1x:')).toBe('1')
    expect(count('**1**2**3x:')).toBe('1')
    expect(count('**١x:**2y:')).toBe('2')
    expect(count('**1😀:')).toBe('1')
  })

  it('does not cut after abbreviations', () => {
    const head = '** '
    const words = (text: string) => check('format_30', `${head}${text}`, { level: 4 })
    // Level 4 needs five keywords first; the third condition shows the pieces on its own.
    expect(words('x').found).toBe('0')
    const inLine = (text: string) => check('format_30', `${good}\n${text}`, { level: 3 })
    expect(inLine('1. Mr. Vik came. He left.').pass).toBe(true)
    expect(inLine('1) Mr. Vik saw 2. and e.g. that.').pass).toBe(false)
    expect(inLine('See 1. then').pass).toBe(true)
    expect(inLine('On 1.x.y then.').pass).toBe(false)
  })
})
