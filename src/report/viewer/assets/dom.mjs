/**
 * An element whose text is set as text, never as markup. Attributes are given by a fixed list of names: no value that a
 * model wrote can become a link or a handler.
 */
export function element(name, properties = {}, ...children) {
  const node = document.createElement(name)
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue
    if (key === 'text') node.textContent = value
    else if (key === 'onclick' || key === 'onchange' || key === 'oninput') node.addEventListener(key.slice(2), value)
    else if (allowed.has(key)) node.setAttribute(key, value === true ? '' : value)
    else throw new Error(`Unknown attribute: ${key}`)
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined))
  return node
}

const allowed = new Set([
  'aria-current',
  'aria-label',
  'class',
  'colspan',
  'dir',
  'disabled',
  'download',
  'for',
  'hidden',
  'href',
  'id',
  'label',
  'list',
  'name',
  'open',
  'placeholder',
  'role',
  'scope',
  'selected',
  'tabindex',
  'title',
  'type',
  'value',
])

/** The element with an id of this page. */
export function byId(id) {
  return document.getElementById(id)
}

/** Asks the viewer for data. Throws with its message. */
export async function ask(path, query = {}, signal = undefined) {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '')
  const response = await fetch(`${path}?${new URLSearchParams(given)}`, { signal })
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.error ?? `Expected an answer, got ${response.status}`)
  return answer
}

/** A whole number with separators. */
export function count(value) {
  return value.toLocaleString('en')
}
