import { byId, element } from './dom.mjs'

const outcomes = [
  ['all', 'all items'],
  ['failed', 'something failed'],
  ['passed', 'everything passed'],
  ['unmeasured', 'something not measured'],
]
const pairOutcomes = [
  ['differs', 'the two differ'],
  ['worse', 'first is worse'],
  ['better', 'first is better'],
]

/** Builds the form once; it calls `onChange` with the values after every change. */
export function createFilters(state, onChange) {
  const form = byId('filters')
  const runs = state.runs.map(({ name }, index) => [String(index), `${index + 1}: ${name}`])
  const [first] = state.runs
  const run = select('run', 'Run', runs, '0')
  const other = select('other', 'Beside it', [['', 'none'], ...runs], state.runs.length > 1 ? '1' : '')
  const protocol = select(
    'protocol',
    'Protocol',
    first.protocols.map((name) => [name, name]),
    first.protocols[0],
  )
  const benchmarks = unique(state.runs.flatMap((entry) => entry.benchmarks.map(({ id, title }) => [id, title])))
  const benchmark = select('benchmark', 'Benchmark', [['', 'all'], ...benchmarks], '')
  const outcome = select('outcome', 'Verdicts', [...outcomes, ...pairOutcomes], 'all')
  const status = select('status', 'Response', [['', 'any end'], ...state.statuses.map((name) => [name, name])], '')
  const tag = select('tag', 'Tag', [['', 'any']], '')
  const text = element('input', {
    id: 'filter-text',
    type: 'search',
    name: 'text',
    placeholder: 'in prompt, response, reasoning',
  })
  form.append(run, other, protocol, benchmark, outcome, status, tag, field('filter-text', 'Search', text))
  form.addEventListener('submit', (event) => event.preventDefault())

  const read = () => {
    const values = Object.fromEntries(new FormData(form))
    return values.other === values.run ? { ...values, other: '' } : values
  }
  let timer
  form.addEventListener('input', (event) => {
    clearTimeout(timer)
    timer = setTimeout(() => onChange(read()), event.target === text ? 300 : 0)
  })
  let shownTags = ''
  return {
    read,
    /** Tags are known only when the data is read: refills their list when it has changed. */
    update(next) {
      const tags = next.tags[Number(read().run)] ?? []
      const key = JSON.stringify(tags)
      if (key === shownTags) return
      shownTags = key
      fillTags(byId('filter-tag'), tags)
    },
  }
}

function fillTags(list, tags) {
  const chosen = list.value
  const groups = new Map()
  tags.forEach((tag, number) => {
    const dimension = tag.slice(0, tag.indexOf('='))
    groups.set(dimension, [...(groups.get(dimension) ?? []), [String(number), tag.slice(dimension.length + 1)]])
  })
  list.replaceChildren(element('option', { value: '', text: 'any' }))
  for (const [dimension, entries] of groups) {
    const sorted = entries.sort(([, one], [, two]) => one.localeCompare(two, 'en', { numeric: true }))
    list.append(element('optgroup', { label: dimension }, ...sorted.map(option)))
  }
  list.value = chosen
}

function select(name, label, options, value) {
  const id = `filter-${name}`
  const list = element('select', { id, name }, ...options.map(option))
  list.value = value
  return field(id, label, list)
}

function option([value, text]) {
  return element('option', { value, text })
}

function field(id, label, control) {
  return element('div', { class: 'field' }, element('label', { for: id, text: label }), control)
}

function unique(pairs) {
  return [...new Map(pairs)]
}
