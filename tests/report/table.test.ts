import { describe, expect, it } from 'vitest'
import { buildTable } from '../../src/report/table/build-table.ts'
import { tableCsvRecords } from '../../src/report/table/csv-records.ts'
import { groupTable } from '../../src/report/table/group-table.ts'
import { pivotGrid, pivotRuns } from '../../src/report/table/pivot.ts'
import type { ScoredRun, TableModel } from '../../src/report/table/table-model.ts'
import { tableGrid } from '../../src/report/table/to-grid.ts'
import { far, heads, metric, near, scoredRun } from './_runs.ts'

function table(runs: readonly ScoredRun[], wide = false): TableModel {
  return buildTable(runs, { protocol: 'official', wide, benchmarks: heads })
}

function marksOf(model: TableModel): string[][] {
  return model.rows.map(({ cells }) => cells.flatMap((cell) => cell?.marks ?? []))
}

describe('a table of runs', () => {
  it('puts in-domain columns before out-of-domain ones and secondary ones only where asked', () => {
    const runs = [scoredRun('a', [far(5), near(0.5)])]
    expect(table(runs).columns.map(({ metric }) => metric)).toEqual(['loose', 'grade'])
    expect(table(runs, true).columns.map(({ metric }) => metric)).toEqual(['loose', 'strict', 'grade'])
  })

  it('states the unit of every column in its header, once', () => {
    const { columns } = tableGrid(table([scoredRun('a', [far(5), near(0.5)])]))
    expect(columns.map(({ lines }) => lines[1])).toEqual(['Pr.(L) (%)', 'Avg. (1-10)'])
  })

  it('adds losses up by benchmark, and cuts lists of names, where there are many runs', () => {
    const lossy = near(0.5, { responses: { ok: 97, truncated: 1, 'provider-error': 2 }, complete: false })
    const runs = (count: number) => Array.from({ length: count }, (_unused, at) => scoredRun(`run-${at}`, [lossy]))
    expect(table(runs(3)).notes).toContain(
      'run-1, near: INCOMPLETE, 1 of 100 responses truncated, 2 of 100 responses provider-error',
    )
    const many = table([...runs(39), scoredRun('whole', [near(0.5)])])
    expect(many.notes).toEqual([
      'near: INCOMPLETE, in 39 of 40 runs together 39 responses truncated, 78 responses provider-error (--ledger has them by run)',
    ])
    const mixed = table([...runs(39), scoredRun('hot', [near(0.5)], { temperature: 1, seed: 3 })])
    expect(mixed.methods).toContain(
      "decoding of run-0, run-1, run-2, run-3, run-4, run-5 and 33 more: the protocols' own settings",
    )
    expect(mixed.methods).toContain('decoding of hot: temperature 1, seed 3')
    const seeds = [1, 2].map((seed) => scoredRun('a', [near(0.5)], { seed }))
    expect(table(seeds).methods).toContain("decoding: the protocols' own settings, seeds 1, 2")
  })

  it('prints no figure where not one verdict was reached, whatever the protocol makes of that', () => {
    const silent = near(0, { responses: { 'provider-error': 100 }, verdicts: { official: { 'provider-error': 100 } } })
    expect(table([scoredRun('a', [silent])]).rows[0]!.cells[0]).toMatchObject({ value: null, interval: null })
  })

  it('groups rows by the tag base, the base model first', () => {
    const runs = [
      scoredRun('b-rl', [near(0.5)], { tags: { base: 'b' } }),
      scoredRun('a-rl', [near(0.5)], { tags: { base: 'a' } }),
      scoredRun('b', [near(0.5)]),
      scoredRun('a', [near(0.5)]),
    ]
    expect(table(runs).rows.map(({ name }) => name)).toEqual(['b', 'b-rl', 'a', 'a-rl'])
  })

  it('leaves a column unmarked when all of its cells were made in one way, and says how below', () => {
    const model = table([scoredRun('a', [near(0.5)]), scoredRun('b', [near(0.6)])])
    expect(marksOf(model)).toEqual([[], []])
    expect(model.methods.join()).toContain('scored by rule')
  })

  const others: Record<string, [Parameters<typeof near>[1], { limit?: number }?]> = {
    scorer: [{ scorers: { 'judge:other': 100 } }],
    edition: [{ edition: 'v2' }],
    label: [{ labels: ['house-prompt'] }],
    samples: [{ samples: 4 }],
    items: [{ items: 50 }],
    sample: [{ isSample: true }],
    limit: [{}, { limit: 50 }],
  }
  it.each(Object.entries(others))(
    'marks every cell of a column whose cells differ in %s, and ranks none',
    (_field, [over, runOver]) => {
      const model = table([scoredRun('a', [near(0.5)]), scoredRun('b', [near(0.6, over)], runOver)])
      const marks = marksOf(model)
      expect(marks[0]).toHaveLength(1)
      expect(marks[1]).toHaveLength(1)
      expect(marks[0]).not.toEqual(marks[1])
      for (const [mark] of marks) expect(model.notes.some((note) => note.startsWith(`(${mark}) near:`))).toBe(true)
      expect(model.rows.flatMap(({ cells }) => cells.map((cell) => cell?.rank))).toEqual([null, null])
    },
  )

  it('ranks on unrounded values, and equal values share a mark', () => {
    const values = [0.73904, 0.73901, 0.73904, 0.1]
    const model = table(values.map((value, index) => scoredRun(`run ${index}`, [near(value)])))
    expect(model.rows.map(({ cells }) => cells[0]!.rank)).toEqual(['best', 'second', 'best', null])
    expect(
      tableGrid(model)
        .rows.map(({ cells }) => cells[0]!.value)
        .slice(0, 3),
    ).toEqual(['73.9', '73.9', '73.9'])
  })

  it('says SAMPLE in the title of every form when items are invented, and PARTLY when some are', () => {
    const all = table([scoredRun('a', [near(0.5, { isSample: true })])])
    expect(all.title).toMatch(/^SAMPLE/)
    expect(tableCsvRecords(all)[0]).toMatchObject({ data: 'SAMPLE', title: expect.stringMatching(/^SAMPLE/) })
    const some = table([scoredRun('a', [near(0.5, { isSample: true }), far(5)])])
    expect(some.title).toMatch(/^PARTLY SAMPLE/)
    expect(table([scoredRun('a', [near(0.5)])]).title).not.toContain('SAMPLE')
  })

  it('reads "not judged" where no verdict was reached, never "scored by judge"', () => {
    const unjudged = near(null, { scorers: { judge: 45 }, verdicts: { official: { excluded: 45 } } })
    const text = table([scoredRun('a', [unjudged])]).methods.join('\n')
    expect(text).toContain('not judged')
    expect(text).not.toContain('scored by')
    const partly = near(0.5, { scorers: { judge: 5, rule: 3 }, verdicts: { official: { ok: 3, excluded: 5 } } })
    expect(table([scoredRun('a', [partly])]).methods.join('\n')).toContain(
      'scored by rule, partly not judged (no judge)',
    )
  })

  it('names no scorer for responses that never came', () => {
    for (const [unasked, scorer] of [
      ['none', 'rule'],
      ['judge', 'judge:one'],
      ['rm', 'rm:one'],
    ]) {
      const model = table([scoredRun('a', [near(0.5, { scorers: { [unasked!]: 3, [scorer!]: 97 } })])])
      expect(model.methods.join()).toContain(`scored by ${scorer}`)
      expect(model.methods.join()).not.toMatch(/none|not judged/)
    }
  })

  it('prints a value that is not measured as a dash, not as 0', () => {
    const model = table([scoredRun('a', [near(null)]), scoredRun('b', [near(0)])])
    expect(tableGrid(model).rows.map(({ cells }) => cells[0]!.value)).toEqual(['–', '0.0'])
  })

  it('prints below what a benchmark wants to be seen beside its headline, unless it is a column already', () => {
    const parsing = (value: string, share: number) =>
      metric('parsing', share, { n: 20, group: { dimension: 'parsing', value } })
    const figures = [metric('loose', 0.5), metric('strict', 0.25), parsing('1', 0.85), parsing('0', 0.15)]
    const runs = ['a', 'b'].map((name) => scoredRun(name, [near(0.5, { metrics: { official: figures } })]))
    const beside = [
      { metric: 'strict', label: 'strict', as: 'value' },
      { metric: 'parsing', label: 'responses by parsing', as: 'counts' },
    ] as const
    const benchmarks = heads.map((head) => (head.id === 'near' ? { ...head, beside } : head))
    const notes = (wide: boolean) => buildTable(runs, { protocol: 'official', wide, benchmarks }).notes
    const counts = 'near, responses by parsing 1 / 0: a 17 / 3; b 17 / 3'
    expect(notes(false)).toEqual(['near, strict (%): a 25.0; b 25.0', counts])
    expect(notes(true)).toEqual([counts])
    const unasked = near(0.5, { metrics: { official: figures }, scorers: { judge: 100 }, verdicts: { official: {} } })
    expect(
      buildTable([scoredRun('a', [unasked])], { protocol: 'official', wide: false, benchmarks }).notes,
    ).not.toContain('near, responses by parsing 1 / 0: a 17 / 3')
  })

  it('marks incomplete cells and names what is missing', () => {
    const lost = near(0.5, {
      complete: false,
      responses: { ok: 97, 'provider-error': 3 },
      metrics: { official: [metric('loose', 0.5, { missing: 3 })] },
    })
    const model = table([scoredRun('a', [lost])])
    expect(tableGrid(model).rows[0]!.cells[0]!.value).toBe('50.0°')
    expect(model.notes).toContain('a, near: INCOMPLETE, 3 of 100 responses provider-error')
  })
})

describe('seeds in a table', () => {
  const seeds = [0.7, 0.72, 0.74].map((value, seed) => scoredRun('a', [near(value)], { seed }))

  it('are one row with mean, standard deviation and their number, never an interval', () => {
    const [row, ...more] = tableGrid(table(seeds)).rows
    expect(more).toEqual([])
    expect(row!.cells[0]).toMatchObject({ value: '72.0', interval: '±2.0 (3 seeds)' })
  })

  it('show both values where there are two', () => {
    expect(tableGrid(table(seeds.slice(0, 2))).rows[0]!.cells[0]!.interval).toBe('(2 seeds: 70.0 to 72.0)')
  })

  it('are rows of their own, told apart by name, where asked', () => {
    const model = buildTable(seeds, { protocol: 'official', wide: false, benchmarks: heads, combineSeeds: false })
    expect(model.rows.map(({ name }) => name)).toEqual(['a (seed 0)', 'a (seed 1)', 'a (seed 2)'])
  })

  it('of decoding and of training are never pooled', () => {
    const training = scoredRun('a', [near(0.7)], { seed: 9, tags: { seed: '1' } })
    expect(table([seeds[0]!, training]).rows).toHaveLength(2)
  })

  it('do not pool runs that differ in something else', () => {
    expect(table([seeds[0]!, scoredRun('a', [near(0.7)], { seed: 1, tags: { step: '10' } })]).rows).toHaveLength(2)
    expect(table([seeds[0]!, scoredRun('a', [near(0.7)], { seed: 1, model: 'another model' })]).rows).toHaveLength(2)
    expect(table([seeds[0]!, scoredRun('a', [near(0.7)], { seed: 0 })]).rows).toHaveLength(2)
  })

  it('let runs of one checkpoint with other benchmarks fill one row', () => {
    const model = table([scoredRun('a', [near(0.7)]), scoredRun('a', [far(6)])])
    expect(model.rows).toHaveLength(1)
    expect(model.rows[0]!.cells.map((cell) => cell?.value)).toEqual([0.7, 6])
  })
})

describe('an ablation table', () => {
  it('puts the run without the tag first and gives differences from it', () => {
    const runs = [scoredRun('no', [near(0.65)], { tags: { ablation: 'no_rm' } }), scoredRun('full', [near(0.7)])]
    const pivoted = pivotRuns(runs, 'ablation')
    expect(pivoted.map(({ name }) => name)).toEqual(['full', 'no'])
    const grid = pivotGrid(table(pivoted))
    expect(grid.rows.map(({ cells }) => cells[0]!.interval)).toEqual(['', '(-5.0)'])
  })

  it('gives no difference between figures that were made in different ways', () => {
    const grid = pivotGrid(table([scoredRun('full', [near(0.7)]), scoredRun('no', [near(0.6, { edition: 'v2' })])]))
    expect(grid.rows[1]!.cells[0]!.interval).toBe('')
  })

  it('is refused without tagged runs', () => {
    expect(() => pivotRuns([scoredRun('a', [near(0.5)], { tags: { step: '1' } })], 'ablation')).toThrow(
      /--tag ablation/,
    )
  })
})

describe('a breakdown', () => {
  const head = { ...heads[1]!, judges: [] } as never
  const grouped = (value: string, figure: number) => metric('loose', figure, { group: { dimension: 'type', value } })

  it('has groups as rows and runs as columns, a hole where a run lacks the group', () => {
    const runs = [
      scoredRun('a', [near(0.5, { metrics: { official: [grouped('x', 0.1), grouped('y', 0.2)] } })]),
      scoredRun('b', [near(0.5, { metrics: { official: [grouped('y', 0.3)] } })]),
    ]
    const { rows } = groupTable(runs, head, 'type', 'official')
    expect(rows.map(({ value, figures }) => [value, ...figures.map((one) => one?.value ?? null)])).toEqual([
      ['x', 0.1, null],
      ['y', 0.2, 0.3],
    ])
  })

  it('names the known dimensions when asked for an unknown one', () => {
    const runs = [scoredRun('a', [near(0.5, { metrics: { official: [grouped('x', 0.1)] } })])]
    expect(() => groupTable(runs, head, 'tpye', 'official')).toThrow(/tpye/)
    try {
      groupTable(runs, head, 'tpye', 'official')
    } catch (error) {
      expect((error as { hint: string }).hint).toContain('type')
    }
  })
})
