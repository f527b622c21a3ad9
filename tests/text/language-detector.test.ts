import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DataError } from '../../src/core/errors.ts'
import { prepareText } from '../../src/text/_language-text.ts'
import { createLanguageDetector } from '../../src/text/language-detector.ts'
import { parseLanguageProfile } from '../../src/text/language-profile.ts'
import { houseLanguageTables, parseLanguageTables } from '../../src/text/language-tables.ts'

const folder = join(dirname(createRequire(import.meta.url).resolve('langdetect/package.json')), 'profiles')
const profiles = readdirSync(folder)
  .sort()
  .map((name) => parseLanguageProfile(readFileSync(join(folder, name), 'utf8'), name))
const tables = houseLanguageTables()
const detector = createLanguageDetector(profiles, tables)

describe('language detection', () => {
  it.each([
    ['The keeper lit the lamp and wrote down the hour in a small book.', 'en'],
    ['Der Wärter zündete die Lampe an und schrieb die Stunde in ein kleines Buch.', 'de'],
    ['Le gardien alluma la lampe et nota l’heure dans un petit carnet.', 'fr'],
    ['Хранитель зажёг лампу и записал время в маленькую книгу.', 'ru'],
    ['दीपस्तंभ के रखवाले ने दीया जलाया और समय लिख लिया।', 'hi'],
    ['守灯塔的人点亮了灯，把时间写在小本子上。', 'zh-cn'],
    ['등대지기가 불을 켜고 작은 책에 시간을 적었다.', 'ko'],
    ['Người gác đèn thắp ngọn đèn và ghi lại giờ vào cuốn sổ nhỏ.', 'vi'],
  ])('%s is %s with any seed', (text, language) => {
    for (const seed of [0, 1, 2, 77]) expect(detector.detect(text, seed)).toBe(language)
  })

  it.each(['', '123 456!', '👍👍', ' \n '])('%j has no features', (text) => {
    expect(detector.detect(text)).toBeNull()
  })

  it('gives the same answer for the same seed, on a text that is not clear', () => {
    const unclear = 'OK LA MAR'
    const answers = Array.from({ length: 30 }, (_, seed) => detector.detect(unclear, seed))
    expect(Array.from({ length: 30 }, (_, seed) => detector.detect(unclear, seed))).toEqual(answers)
    expect(detector.detect(unclear)).toBe(answers[0])
  })

  it.each([
    'a@'.repeat(500_000),
    `${'a'.repeat(1_000_000)}@`,
    'http://'.repeat(140_000),
    ' '.repeat(1_000_000),
    'a\u0300'.repeat(500_000),
    'é'.repeat(1_000_000),
  ])('takes linear time on hostile text %#', (text) => {
    const started = process.cpuUsage()
    detector.detect(text)
    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(2)
  })
})

describe('preparing a text', () => {
  const mail = /[-_.0-9A-Za-z]{1,64}@[-_0-9A-Za-z]{1,255}[-_.0-9A-Za-z]{1,255}/g
  it.each([
    'write to a.b@c.de now',
    'a@b',
    'a@bc',
    'a@.b',
    '@ab',
    'a@b.@c.de',
    `${'x'.repeat(70)}@host.example`,
    `y@${'z'.repeat(600)}`,
    'a@b@c@dd',
    'é@host a_-.9@-_.x!',
  ])('replaces the e-mail addresses of %j as the expression does', (text) => {
    expect(prepareText(text, tables)).toBe(text.replace(mail, ' ').replace(/ {2,}/g, ' '))
  })

  it('replaces URLs, collapses blanks, cuts after ten thousand characters', () => {
    expect(prepareText('see https://x.y/z?a=1 now   then', tables)).toBe('see now then')
    expect(prepareText('ab '.repeat(5000), tables)).toHaveLength(10_000)
    expect(Array.from(prepareText('😀'.repeat(12_000), tables))).toHaveLength(10_000)
  })

  it('composes Vietnamese letters and leaves other marks', () => {
    expect(prepareText('a\u0300 e\u0323 x\u0300', tables)).toBe('à ẹ x\u0300')
  })

  it('removes Latin letters where other scripts outweigh them two to one', () => {
    expect(prepareText('ab дом на горе', tables)).toBe(' дом на горе')
    expect(prepareText('abcdefgh дом', tables)).toBe('abcdefgh дом')
  })
})

describe('reading the tables', () => {
  const complete = [
    'NGram.LATIN1_EXCLUDE=\\u00A0\\u00AB',
    'NGram.KANJI_1_0=\\u4F7C\\u6934',
    'TO_NORMALIZE_VI_CHARS=Aa',
    'DMARK_CLASS=\\u0300',
    'NORMALIZED_VI_CHARS_0300=\\u00C0\\u00E0',
  ]
  it('reads escapes, classes and compositions', () => {
    expect(parseLanguageTables(complete.join('\n'), 'f')).toEqual({
      latin1Exclude: '\u00a0«',
      kanjiClasses: ['佼椴'],
      vietnamese: new Map([
        ['A\u0300', 'À'],
        ['a\u0300', 'à'],
      ]),
    })
  })

  it('names the table that is missing', () => {
    const attempt = (): unknown => parseLanguageTables(complete.slice(0, 4).join('\n'), 'x.properties')
    expect(attempt).toThrow(DataError)
    expect(attempt).toThrow('NORMALIZED_VI_CHARS_0300')
  })

  it.each(['{', 'null', '{"name": "xx"}', '{"name": "xx", "freq": {}, "n_words": [1, 2]}'])(
    'refuses the profile %j',
    (text) => {
      expect(() => parseLanguageProfile(text, 'xx.json')).toThrow('xx.json')
    },
  )
})
