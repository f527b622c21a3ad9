import { ask, byId, count, element } from './dom.mjs'

const pageSize = 60

/** The list of items: asks for rows until a page is full, and goes on while the index grows. */
export function createList(onOpen) {
  let filters = null
  let next = 0
  let shown = 0
  let request = null
  let current = null
  const list = byId('rows')
  const more = byId('more')
  more.addEventListener('click', () => load(pageSize))
  list.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!step) return
    event.preventDefault()
    move(step)
  })

  async function load(wanted) {
    request?.abort()
    const own = new AbortController()
    request = own
    const asked = filters
    let left = wanted
    more.hidden = true
    try {
      while (left > 0 && !own.signal.aborted) {
        const page = await ask('api/rows', { ...asked, from: next, count: left }, own.signal)
        if (own.signal.aborted) return
        for (const row of page.rows) list.append(rowButton(row))
        shown += page.rows.length
        left -= page.rows.length
        next = page.next ?? page.looked
        byId('found').textContent = `${count(shown)} shown, ${count(page.looked)} items looked at`
        if (page.next === null) break
      }
      more.hidden = left > 0
    } catch (error) {
      if (!own.signal.aborted) byId('found').textContent = `Could not list the items: ${error.message}`
    } finally {
      if (request === own) request = null
    }
  }

  function rowButton(row) {
    const { benchmark, item, sample, prompt, status, outcome, other } = row
    const button = element(
      'button',
      { type: 'button', class: 'row', onclick: () => open(row, button) },
      element('span', { class: 'row-head' }, [
        element('span', { class: 'row-id', text: `${benchmark} ${item}${sample > 0 ? ` #${sample}` : ''}` }),
        badge(status, outcome),
        other ? badge(other.status, other.outcome) : null,
      ]),
      element('span', { class: 'row-prompt', dir: 'auto', text: prompt }),
    )
    return button
  }

  function open(row, button) {
    current?.removeAttribute('aria-current')
    current = button
    button.setAttribute('aria-current', 'true')
    onOpen(row)
  }

  function move(step) {
    const buttons = [...list.children]
    const target = buttons[buttons.indexOf(current) + step]
    if (!target) return
    target.focus()
    target.click()
  }

  return {
    /** Starts again with other filters. */
    async reset(values) {
      filters = values
      next = 0
      shown = 0
      current = null
      list.replaceChildren()
      await load(pageSize)
    },
    /** Fills the page up when the index has grown and the list is short. */
    async grow() {
      if (filters && request === null && shown < pageSize) await load(pageSize - shown)
    },
    openFirst() {
      list.firstElementChild?.click()
    },
    get isEmpty() {
      return shown === 0
    },
  }
}

function badge(status, { passed, failed, unmeasured }) {
  const total = passed + failed + unmeasured
  if (total === 0) return element('span', { class: 'badge', text: status ?? '…' })
  const kind = failed > 0 ? 'failed' : unmeasured > 0 ? 'unmeasured' : 'passed'
  const text = `${passed}/${total}${status !== null && status !== 'ok' ? ` ${status}` : ''}`
  const title = `${passed} verdicts passed, ${failed} failed, ${unmeasured} not measured`
  return element('span', { class: `badge ${kind}`, text, title })
}
