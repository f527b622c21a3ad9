import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutText } from '../../../src/report/html/cut-text.ts'
import { escapeHtml, html, joinMarkup } from '../../../src/report/html/markup.ts'

describe('escapeHtml', () => {
  it('leaves no character that opens markup, closes an attribute or hides itself, whatever the text', () => {
    const units = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 })
    fc.assert(
      fc.property(units, (codes) => {
        const escaped = escapeHtml(String.fromCharCode(...codes))
        expect(escaped).not.toMatch(/[<>"'`]/)
        expect(escaped.replace(/&(?:amp|lt|gt|quot|#39|#96);/g, '')).not.toContain('&')
        expect(escaped).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
        expect(Buffer.from(escaped).toString()).toBe(escaped)
      }),
    )
  })

  it('spells terminal escapes, overrides and lone surrogates out', () => {
    expect(escapeHtml('\u001b[31m \u202eabc \ud800 \ud83d\ude00')).toBe(
      '\\u{1b}[31m \\u{202e}abc \\u{d800} \ud83d\ude00',
    )
  })

  it('escapes five megabytes of markup within two seconds', () => {
    const start = process.cpuUsage()
    expect(escapeHtml('<b>&'.repeat(1_250_000)).length).toBe(1_250_000 * 14)
    expect(process.cpuUsage(start).user / 1e6).toBeLessThan(2)
  })
})

describe('html', () => {
  it('escapes texts, keeps markup, and prints nothing for null', () => {
    const inner = html`<b>${'<i>'}</b>`
    expect(html`<p title="${'"x'}">${inner}${null}${['&', inner]}${0}</p>`.text).toBe(
      '<p title="&quot;x"><b>&lt;i&gt;</b>&amp;<b>&lt;i&gt;</b>0</p>',
    )
    expect(joinMarkup(['<', inner], ', ').text).toBe('&lt;, <b>&lt;i&gt;</b>')
  })
})

describe('cutText', () => {
  it('keeps a text that fits and counts what it leaves out of a longer one', () => {
    expect(cutText('abc', 3)).toEqual({ text: 'abc', left: 0 })
    expect(cutText('abcd', 3)).toEqual({ text: 'abc', left: 1 })
  })

  it('never tears a pair of surrogates', () => {
    expect(cutText('a\u{1f600}b', 2)).toEqual({ text: 'a', left: 3 })
  })
})
