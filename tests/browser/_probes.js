// Functions that are evaluated inside the page under test.

/** Elements and attributes of the page that only a hostile text could have made. */
function intruders() {
  const tags =
    'script:not([src="app.mjs"]), iframe, object, embed, base, img, foreignObject, form[action], meta[http-equiv="refresh"]'
  const found = [...document.querySelectorAll(tags)].map((node) => node.outerHTML.slice(0, 80))
  for (const node of document.querySelectorAll('*')) {
    for (const { name, value } of node.attributes) {
      if (name.startsWith('on') || /^\s*javascript:/i.test(value))
        found.push(`${node.tagName} ${name}=${value.slice(0, 40)}`)
    }
  }
  return found
}

/** Dangerous characters that stand unescaped in what a reader sees, by their code. */
function hiddenCharacters() {
  const pattern =
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufffd]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
  const found = document.documentElement.textContent.match(pattern) ?? []
  return [...new Set(found)].map((character) => character.charCodeAt(0).toString(16))
}

function openAll() {
  for (const part of document.querySelectorAll('details')) part.open = true
}

function pageWidth() {
  return document.documentElement.scrollWidth
}

/** Texts whose colour is nearer to their ground than 4.5 to 1. */
function lowContrast() {
  const parse = (colour) => {
    const [r = 0, g = 0, b = 0, a = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number)
    return [r, g, b, a]
  }
  const over = (top, ground) => [0, 1, 2].map((index) => top[index] * top[3] + ground[index] * (1 - top[3]))
  const light = (colour) =>
    [0.2126, 0.7152, 0.0722].reduce((sum, weight, index) => {
      const part = colour[index] / 255
      return sum + weight * (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    }, 0)
  const groundOf = (node) =>
    over(
      parse(getComputedStyle(node).backgroundColor),
      node.parentElement ? groundOf(node.parentElement) : [255, 255, 255],
    )
  const found = []
  for (const node of document.querySelectorAll('body *')) {
    const isText = [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim())
    if (!isText || !node.checkVisibility() || node.closest('.skip')) continue
    const style = getComputedStyle(node)
    const ink = parse(node.namespaceURI.endsWith('svg') ? style.fill : style.color)
    const [dark, bright] = [light(ink), light(groundOf(node))].sort((one, other) => one - other)
    const ratio = (bright + 0.05) / (dark + 0.05)
    if (ratio < 4.5)
      found.push(`${node.tagName}.${node.className} ${ratio.toFixed(2)}: ${node.textContent.slice(0, 30)}`)
  }
  return [...new Set(found)].slice(0, 10)
}

globalThis.probes = { intruders, hiddenCharacters, openAll, pageWidth, lowContrast }
