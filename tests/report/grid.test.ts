import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { toCsv } from '../../src/report/grid/csv.ts'
import type { Grid, GridCell } from '../../src/report/grid/grid.ts'
import { latexText } from '../../src/report/grid/latex-text.ts'
import { renderLatex } from '../../src/report/grid/render-latex.ts'
import { escapeMarkdown, renderMarkdown } from '../../src/report/grid/render-markdown.ts'
import { renderTerminal } from '../../src/report/grid/render-terminal.ts'
import { latexFaults } from './_latex.ts'

const hostile = '[a]* \\input{/etc/passwd} $x_1^2$ & 100% #1 ~{<b>|"q\'`-- 你好 🤖 \u202e\u001b[31m \ud800 é'

function cell(value: string, over: Partial<GridCell> = {}): GridCell {
  return { value, interval: '', marks: [], significance: '', rank: null, ...over }
}

function gridOf(name: string): Grid {
  const best = cell('73.9', { rank: 'best', significance: '**', marks: ['a'], interval: '[70.1, 76.0]' })
  return {
    title: `Title ${name}`,
    stub: 'checkpoint',
    columns: [
      { group: 'in-domain', lines: ['IFEval', 'Pr.(L) (%)'] },
      { group: 'in-domain', lines: [name, 'ISR (%)'] },
      { group: 'out-of-domain', lines: ['COLLIE', 'Avg.'] },
    ],
    rows: [
      { group: name, name, marks: ['b'], isPublished: false, cells: [best, null, cell('–')] },
      {
        group: name,
        name: 'plain',
        marks: [],
        isPublished: true,
        cells: [cell('50.0', { rank: 'second' }), best, best],
      },
      { group: 'other', name: 'other', marks: [], isPublished: false, cells: [null, null, null] },
    ],
    methods: [`how ${name}`],
    notes: [`note ${name}`],
  }
}

describe('LaTeX', () => {
  it('is sound with a hostile model name in every place', () => {
    expect(latexFaults(renderLatex(gridOf(hostile)))).toEqual([])
  })

  it('is sound with any name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (name) => {
        expect(latexFaults(renderLatex(gridOf(name)))).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('is found unsound by the check when something is not escaped', () => {
    const text = renderLatex(gridOf('plain'))
    for (const bad of ['50%', 'a_b', 'a & b', '{', '$', '#', '你']) {
      expect(latexFaults(text.replace('plain &', `${bad} &`)), bad).not.toEqual([])
    }
  })

  it('prints the best bold, the second underlined, significance raised, with caption and footnotes', () => {
    const text = renderLatex(gridOf('m'))
    expect(text).toContain('\\textbf{73.9}\\textsuperscript{{*}{*},a}')
    expect(text).toContain('\\underline{50.0}')
    expect(text).toContain('\\caption{Title m. how m.}')
    expect(text).toContain('note m\\par')
    expect(text).toContain('\\cmidrule(lr){2-3} \\cmidrule(lr){4-4}')
  })

  it('spells special characters so that TeX prints them', () => {
    expect(latexText('a_b&c%')).toBe('a\\_b\\&c\\%')
    expect(latexText('\\x{y}')).toBe('\\textbackslash{}x\\{y\\}')
    expect(latexText('[*]')).toBe('{[}{*}{]}')
    expect(latexText('你')).toContain('U+4F60')
  })
})

describe('CSV', () => {
  const one = (value: string) => toCsv(['x'], [{ x: value }]).split('\r\n')[1]!

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1'])('makes no formula of %j', (text) => {
    expect(one(text).replace(/^"/, '')).toMatch(/^'/)
  })

  it('never begins a text with what a spreadsheet takes for a formula', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(one(text).replace(/^"/, '')).not.toMatch(/^\s*[=+\-@\t\r]/)
      }),
    )
  })

  it('writes numbers as they are, negative ones too, and null as nothing', () => {
    expect(toCsv(['a', 'b', 'c'], [{ a: -0.5, b: null, c: true }])).toBe('a,b,c\r\n-0.5,,true\r\n')
  })

  it('quotes by RFC 4180', () => {
    expect(one('a,"b"')).toBe('"a,""b"""')
    expect(toCsv(['x'], [{ x: 'two\nlines' }])).toBe('x\r\n"two\nlines"\r\n')
  })
})

describe('Markdown', () => {
  it('lets no markup, link, HTML or cell border of a name through', () => {
    const text = renderMarkdown(gridOf('a|b <script>x</script> [l](javascript:y) ![i](z) `c` https://e.org @who'))
    const row = text.split('\n').find((line) => line.startsWith('| a\\|b'))!
    expect(row.match(/(?<!\\)\|/g)).toHaveLength(text.split('\n')[2]!.match(/(?<!\\)\|/g)!.length)
    expect(text).not.toMatch(/(?<!\\)<script|(?<!\\)\[l|(?<!\\)`|https:\/\/|(?<!\\)@/)
  })

  it('keeps one line a cell', () => {
    expect(escapeMarkdown('a\nb\rc')).not.toMatch(/[\n\r]/)
  })

  it('has the same number of cells in every line', () => {
    const lines = renderMarkdown(gridOf('m'))
      .split('\n')
      .filter((line) => line.startsWith('|'))
    expect(new Set(lines.map((line) => line.match(/(?<!\\)\|/g)!.length)).size).toBe(1)
  })
})

describe('the terminal', () => {
  it('stacks whole columns where it is narrow, and never exceeds its width', () => {
    const grid = gridOf('model')
    for (const width of [60, 80, 120]) {
      const lines = renderTerminal(grid, width).split('\n')
      const borders = lines.filter((line) => /^[┌│├└]/.test(line))
      expect(Math.max(...borders.map((line) => stringWidth(line))), String(width)).toBeLessThanOrEqual(width)
    }
    const tables = (width: number) => renderTerminal(grid, width).match(/┌/g)!.length
    expect(tables(60)).toBeGreaterThan(tables(120))
  })

  it('shows every column once, however narrow', () => {
    const text = renderTerminal(gridOf('model'), 20)
    for (const label of ['IFEval', 'COLLIE']) expect(text.split(label)).toHaveLength(2)
  })

  it('cuts long names by their width on the terminal', () => {
    const lines = renderTerminal(gridOf('长'.repeat(60)), 100).split('\n')
    expect(lines.filter((line) => line.startsWith('│')).every((line) => stringWidth(line) <= 100)).toBe(true)
    expect(lines.some((line) => line.includes('…'))).toBe(true)
  })

  it('draws closed boxes: every line of a table is equally wide', () => {
    const lines = renderTerminal(gridOf('m'), 100).split('\n')
    const widths = lines.filter((line) => /^[┌│├└]/.test(line)).map((line) => stringWidth(line))
    expect(new Set(widths).size).toBe(1)
    expect(lines.some((line) => /^[┬┴┼]+$/.test(line))).toBe(false)
  })

  it('lets no escape sequence through', () => {
    const text = renderTerminal(gridOf(hostile), 100)
    expect(text).not.toContain('\u001b')
    expect(text).not.toContain('\u202e')
  })
})
