import { readFile } from 'node:fs/promises'
import { UsageError } from '../../../core/errors.ts'
import { sha256 } from '../../../core/hash.ts'
import { openDataDirectory } from '../../../data/data-directory.ts'
import { dataLocation } from '../../../data/data-location.ts'
import { fillTemplate } from '../../../data/upstream-template/fill-template.ts'
import { loadUpstreamTemplate } from '../../../data/upstream-template/load-upstream-template.ts'
import { rewardModelInputRecipe } from '../../../data/upstream-template/recipes.ts'
import type { RewardModelEndpointOptions } from './endpoint-options.ts'

/** How the text that a classifier reads is made of its two parts. */
export interface InputTemplate {
  /** `upstream`: read from the installed file of verl-if; `house-prompt`: our own wording; `custom`: given by the user. */
  readonly label: 'upstream' | 'house-prompt' | 'custom'
  readonly sha256: string
  /** Literal and in one pass: a response that looks like a slot stays text. */
  render(response: string, constraint: string): string
}

const houseText = `Read the response and the constraint below. Reply with 1 if the response fulfils the constraint and with 0 if it does not; reply with that digit alone.

Response:
{response}

Constraint:
{constraint}`

/**
 * The input text of the reward model: the user's own, else the one of the installed upstream file (proved by digest),
 * else the house wording.
 * @throws UsageError `bad-rm-template` for a text without both slots; DataError for an installed file that is not the pinned one
 */
export async function loadInputTemplate(
  options: Pick<RewardModelEndpointOptions, 'template' | 'templateFile' | 'dataDir' | 'environment'>,
): Promise<InputTemplate> {
  const own = await ownTemplate(options)
  if (own !== null) return own
  const env = options.environment
  const root = dataLocation({ flag: options.dataDir, ...(env ? { env } : {}) })
  const path = openDataDirectory(root).optionalPath(rewardModelInputRecipe.dataset, rewardModelInputRecipe.file)
  if (path === null) return toTemplate('house-prompt', houseText)
  return toTemplate('upstream', (await loadUpstreamTemplate(path, rewardModelInputRecipe)).text)
}

/**
 * The text that the user gives, or null.
 * @throws UsageError `bad-rm-template`
 */
export async function ownTemplate({
  template,
  templateFile,
}: Pick<RewardModelEndpointOptions, 'template' | 'templateFile'>): Promise<InputTemplate | null> {
  if (template !== undefined) return toTemplate('custom', template)
  if (templateFile === undefined) return null
  try {
    return toTemplate('custom', await readFile(templateFile, 'utf8'))
  } catch (cause) {
    if (cause instanceof UsageError) throw cause
    throw new UsageError('bad-rm-template', `Expected the input template of the reward model in ${templateFile}`, {
      hint: cause instanceof Error ? cause.message : String(cause),
      cause,
    })
  }
}

/** @throws UsageError `bad-rm-template` */
export function toTemplate(label: InputTemplate['label'], text: string): InputTemplate {
  const missing = ['response', 'constraint'].filter((slot) => !text.includes(`{${slot}}`))
  if (missing.length > 0) {
    throw new UsageError(
      'bad-rm-template',
      `Expected the input template of the reward model to hold {response} and {constraint}, found no {${missing[0]}}`,
    )
  }
  return {
    label,
    sha256: sha256(text),
    render: (response, constraint) => fillTemplate(text, { response, constraint }, 'named'),
  }
}
