import * as z from 'zod'
import { loadPythonJson } from '../../text/python-json.ts'
import { strip } from '../../text/strip.ts'
import { defineInstruction } from './definition.ts'

/** `detectable_format:json_format`: the response is JSON, in a code fence or not. */
export const jsonFormat = defineInstruction({
  id: 'detectable_format:json_format',
  parameters: z.object({}),
  describe: () => 'The response is nothing but JSON; a markdown code fence around it is allowed.',
  official: () => ({
    expected: 'JSON',
    check: ({ stripped }) => {
      const loaded = loadPythonJson(withoutFence(stripped))
      return { pass: loaded.ok, found: loaded.ok ? 'JSON' : loaded.reason }
    },
  }),
  fixed: () => ({
    expected: 'a JSON object or list',
    check: ({ stripped }) => {
      const candidates = [withoutFence(stripped), ...fencedBlocks(stripped), outermost(stripped)]
      const found = candidates.map(kindOfJson).find((kind) => kind !== null) ?? null
      return { pass: found !== null, found: found ?? 'no JSON object or list' }
    },
  }),
  repairs: [
    {
      name: 'json-in-prose',
      description:
        'Official: any sentence around the JSON fails, while a bare number, a bare string and NaN pass. Fixed: the ' +
        'first fenced block, or what stands between the outermost brackets, counts; it must be an object or a list of ' +
        'standard JSON.',
    },
  ],
})

const openings = ['```json', '```Json', '```JSON', '```'] as const

function withoutFence(text: string): string {
  let body = text
  // parity: each opening is tried in turn, so that a second one right after the first also goes
  for (const opening of openings) if (body.startsWith(opening)) body = body.slice(opening.length)
  if (body.endsWith('```')) body = body.slice(0, -3)
  return strip(body)
}

function fencedBlocks(text: string): string[] {
  const parts = text.split('```')
  return parts.length < 3 ? [] : [parts[1]!.replace(/^[\p{L}\p{N}]*/u, '')]
}

function outermost(text: string): string {
  const start = text.search(/[[{]/)
  const end = Math.max(text.lastIndexOf(']'), text.lastIndexOf('}'))
  return start < 0 || end < start ? '' : text.slice(start, end + 1)
}

function kindOfJson(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text)
    if (Array.isArray(value)) return 'a JSON list'
    return typeof value === 'object' && value !== null ? 'a JSON object' : null
  } catch {
    return null
  }
}
