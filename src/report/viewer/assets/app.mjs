import { ask, byId, count } from './dom.mjs'
import { createFilters } from './filters.mjs'
import { showItem } from './item.mjs'
import { createList } from './list.mjs'

const progressDelay = 700

const state = await ask('api/state')
byId('sample').hidden = !state.runs.some(({ isSample }) => isSample)
const list = createList((row) => showItem(row, filters.read()))
const filters = createFilters(state, async (values) => {
  filters.update(last)
  await list.reset(values)
  list.openFirst()
})
let last = state
filters.update(state)
showProgress(state)
await list.reset(filters.read())
list.openFirst()
watch()

/** Follows the index until it is complete. */
async function watch() {
  while (!last.progress.every(({ isComplete }) => isComplete) && last.failure === null) {
    await new Promise((resolve) => setTimeout(resolve, progressDelay))
    try {
      last = await ask('api/state')
    } catch (error) {
      byId('progress').textContent = `The viewer does not answer: ${error.message}`
      return
    }
    showProgress(last)
    filters.update(last)
    const wasEmpty = list.isEmpty
    await list.grow()
    if (wasEmpty) list.openFirst()
  }
}

function showProgress({ progress, notes, failure }) {
  const done = sum(progress.map((entry) => entry.done))
  const total = sum(progress.map((entry) => entry.total))
  const skipped = sum(progress.map((entry) => entry.skipped))
  const isComplete = progress.every((entry) => entry.isComplete)
  const rows = progress.map((entry) => count(entry.rows)).join(' and ')
  byId('progress').textContent = [
    isComplete
      ? `${rows} responses`
      : `${rows} responses so far, index ${total > 0 ? Math.floor((done / total) * 100) : 0} %`,
    skipped > 0 ? `${count(skipped)} lines could not be read` : '',
    failure ? `indexing failed: ${failure}` : '',
    ...notes,
  ]
    .filter(Boolean)
    .join('. ')
}

function sum(values) {
  return values.reduce((one, other) => one + other, 0)
}
