import { ask, byId, count, element } from './dom.mjs'

/** Shows one item: prompt, responses side by side, verdicts with evidence and the replies behind them. */
export async function showItem(row, filters) {
  const article = byId('item')
  let item
  try {
    item = await ask('api/item', { run: filters.run, other: filters.other, row: row.row })
  } catch (error) {
    article.replaceChildren(element('p', { class: 'remark', text: `Could not read the item: ${error.message}` }))
    return
  }
  const { benchmark, item: id, sample, sides } = item
  article.replaceChildren(
    element('h2', { text: `${benchmark} ${id}${sample > 0 ? `, sample ${sample}` : ''}` }),
    section(
      'Prompt',
      item.prompt.map(({ role, content }) => block(role, content)),
    ),
    section('Response', [
      item.difference
        ? element('p', { class: 'remark', text: 'Words that the other one does not have are marked.' })
        : null,
      element(
        'div',
        { class: 'pair' },
        sides.map((side, index) => response(side, item.difference?.[index === 0 ? 'a' : 'b'] ?? null, filters, index)),
      ),
    ]),
    section('Verdicts', verdicts(item, filters.protocol)),
    ...sides.map((side) => calls(side)).filter((part) => part !== null),
  )
  article.scrollTop = 0
}

function section(title, children) {
  return element('section', { 'aria-label': title }, element('h3', { text: title }), ...[children].flat())
}

function block(title, shownText, pieces = null) {
  if (!shownText) return null
  const { text, left } = shownText
  const content = pieces
    ? pieces.map(({ text: part, changed }) => (changed ? element('mark', { text: part }) : part))
    : [text]
  return element(
    'div',
    {},
    element('h4', { text: title }),
    element('pre', { dir: 'auto', tabindex: '0' }, ...content),
    left > 0 ? element('p', { class: 'remark', text: `Cut: ${count(left)} more characters.` }) : null,
  )
}

function response({ run, row, status, response: call }, pieces, filters, index) {
  const facts = call
    ? [
        status,
        call.finishReason && `finish ${call.finishReason}`,
        call.returnedModel,
        call.ms === null ? null : `${(call.ms / 1000).toFixed(1)} s`,
        call.usage,
      ]
    : [status ?? 'not indexed yet']
  const number = index === 0 ? filters.run : filters.other
  return element(
    'div',
    { class: 'side' },
    element('h4', { class: 'run-name', text: run }),
    element('p', { class: 'remark', text: facts.filter(Boolean).join(' · ') }),
    call?.reasoning
      ? element('details', {}, element('summary', { text: 'Reasoning' }), block('', call.reasoning))
      : null,
    call?.text ? block('', call.text, pieces) : element('p', { class: 'remark', text: 'No answer.' }),
    call
      ? element(
          'p',
          {},
          element('a', {
            href: `api/record?run=${Number(number)}&row=${Number(row)}`,
            download: 'record.json',
            text: 'Save the whole record',
          }),
        )
      : null,
  )
}

/** Verdicts of the chosen protocol, both sides in one row. */
function verdicts({ constraints, sides }, protocol) {
  const texts = new Map(constraints.map((constraint) => [constraint.id, constraint]))
  const rows = new Map()
  sides.forEach(({ verdicts: list }, side) => {
    for (const verdict of list.filter((entry) => entry.protocol === protocol)) {
      const key = `${verdict.constraint}\u0000${verdict.mode ?? ''}\u0000${sides.length > 1 ? '' : verdict.scorer}`
      const row = rows.get(key) ?? { verdict, sides: [] }
      row.sides[side] = verdict
      rows.set(key, row)
    }
  })
  if (rows.size === 0)
    return element('p', { class: 'remark', text: `No verdicts under the ${protocol} protocol (yet).` })
  return element(
    'div',
    { class: 'scroll' },
    element(
      'table',
      {},
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          ['constraint', 'expected', ...sides.map(({ run }) => run)].map((text) =>
            element('th', { scope: 'col', text }),
          ),
        ),
      ),
      element(
        'tbody',
        {},
        [...rows.values()].map((row) => verdictRow(row, sides.length, texts)),
      ),
    ),
  )
}

function verdictRow({ verdict, sides }, count, texts) {
  const known = texts.get(verdict.constraint)
  const values = Array.from({ length: count }, (_, side) => sides[side])
  const differs = count > 1 && values[0]?.value !== values[1]?.value
  return element(
    'tr',
    { class: differs ? 'differs' : null },
    element(
      'th',
      { scope: 'row' },
      element('span', { class: 'constraint', dir: 'auto', text: known?.text || verdict.constraint }),
      element('span', { class: 'remark', text: [verdict.constraint, verdict.mode].filter(Boolean).join(' · ') }),
      known && known.tags.length > 0 ? element('span', { class: 'remark', text: known.tags.join(', ') }) : null,
    ),
    element('td', { dir: 'auto', text: cut(verdict.expected) }),
    ...values.map(verdictCell),
  )
}

function verdictCell(verdict) {
  if (!verdict) return element('td', { text: 'no verdict' })
  const { value, status, found, reason, scorer, detail } = verdict
  const kind = value === null ? 'unmeasured' : value > 0 ? 'passed' : 'failed'
  return element(
    'td',
    {},
    element('span', { class: `badge ${kind}`, text: value === null ? status : String(value) }),
    found ? element('span', { class: 'fact', dir: 'auto', text: `found ${cut(found)}` }) : null,
    reason ? element('span', { class: 'fact', dir: 'auto', text: cut(reason) }) : null,
    element('span', { class: 'remark', text: `by ${scorer}` }),
    detail
      ? element('details', {}, element('summary', { text: 'detail' }), element('pre', { text: detail.text }))
      : null,
  )
}

function cut(shownText) {
  if (!shownText) return ''
  return shownText.left > 0 ? `${shownText.text}… (${count(shownText.left)} more)` : shownText.text
}

/** Replies of judges and extractors of one side. */
function calls({ run, calls: list, left }) {
  if (list.length === 0) return null
  return section(`Calls behind the verdicts of ${run}`, [
    left > 0 ? element('p', { class: 'remark', text: `${count(left)} more are not shown.` }) : null,
    ...list.map((call) =>
      element(
        'details',
        {},
        element('summary', {
          text: [
            `${call.role} ${call.purpose}`,
            call.attempt > 0 && `round ${call.attempt + 1}`,
            call.status,
            call.returnedModel ?? call.endpoint,
          ]
            .filter(Boolean)
            .join(' · '),
        }),
        call.reasoning ? block('reasoning', call.reasoning) : null,
        block('reply', call.text),
        call.raw ? element('details', {}, element('summary', { text: 'raw reply' }), block('', call.raw)) : null,
      ),
    ),
  ])
}
