import { readFile } from 'node:fs/promises'
import { DataError } from '../../core/errors.ts'
import { sha256 } from '../../core/hash.ts'
import { strip } from '../../text/strip.ts'
import { fillTemplate } from './fill-template.ts'
import { pythonStringLiteral } from './python-string-literal.ts'
import type { TemplateRecipe, UpstreamTemplate } from './template-recipe.ts'

/**
 * Reads a prompt template out of an installed upstream source file and proves it by digest. Nothing is executed.
 * @param path absolute path, from the data directory (`cfbench-upstream`, `code/evalaute.py`)
 * @throws DataError `literal-not-found`, `python-syntax`, `python-escape`, `template-digest` (names both digests)
 */
export async function loadUpstreamTemplate(path: string, recipe: TemplateRecipe): Promise<UpstreamTemplate> {
  return readUpstreamTemplate(await readFile(path, 'utf8'), recipe, path)
}

/** The same for source text at hand; `file` is named in errors. */
export function readUpstreamTemplate(source: string, recipe: TemplateRecipe, file: string): UpstreamTemplate {
  const text = atFile(file, recipe.id, () => {
    const { value } = pythonStringLiteral(source, recipe.literal)
    return renameFields(recipe.isStripped ? strip(value) : value, recipe.fieldNames)
  })
  checkDigest(text, recipe, file)
  return { id: recipe.id, text, sha256: sha256(text), style: recipe.style }
}

/** Adds the file to errors of the Python reader, which sees text only. */
export function atFile<T>(file: string, id: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof DataError)) throw error
    throw new DataError(error.code, error.message, { location: { file }, hint: repullHint(id), cause: error })
  }
}

function renameFields(text: string, names: readonly string[] | undefined): string {
  if (!names) return text
  let position = 0
  const renamed = text.replace(/\{([^{}]*)\}/g, (field) => {
    const name = names[position++]
    return name === undefined ? field : `{${name}}`
  })
  if (position === names.length) return renamed
  throw new DataError('literal-not-found', `Expected ${names.length} fields in the f-string, found ${position}`)
}

function checkDigest(text: string, { id, check, style }: TemplateRecipe, file: string): void {
  const checked = check.filledWith ? fillTemplate(text, check.filledWith, style) : text
  const found = sha256(checked)
  if (found === check.sha256) return
  const characters = [...checked].length
  throw new DataError(
    'template-digest',
    `Expected the ${id} template to have sha256 ${check.sha256} (${check.characters} characters), found ${found} (${characters} characters)`,
    { location: { file }, hint: repullHint(id) },
  )
}

function repullHint(id: string): string {
  return `Run \`bench data verify\`; the file of ${id} must be the pinned one.`
}
