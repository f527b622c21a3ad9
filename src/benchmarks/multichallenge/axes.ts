/** The four challenges, in the order of the paper's table. */
export const axes = [
  { id: 'INSTRUCTION_RETENTION', metric: 'instruction-retention', label: 'IR', title: 'Instruction retention' },
  { id: 'INFERENCE_MEMORY', metric: 'inference-memory', label: 'IM', title: 'Inference memory of user information' },
  { id: 'RELIABLE_VERSION_EDITING', metric: 'version-editing', label: 'RVE', title: 'Reliable versioned editing' },
  { id: 'SELF_COHERENCE', metric: 'self-coherence', label: 'SC', title: 'Self-coherence' },
] as const

export type Axis = (typeof axes)[number]['id']

/** Names of older commits of the data; nothing but the names was changed. */
const olderNames: ReadonlyMap<string, Axis> = new Map([
  ['RECOLLECTION', 'INFERENCE_MEMORY'],
  ['COHERENCE', 'SELF_COHERENCE'],
  ['REFINEMENT', 'RELIABLE_VERSION_EDITING'],
])

/** Reads an axis in any spelling of the editions (`INFERENCE_MEMORY`, `inference memory`, `RECOLLECTION`); null if unknown. */
export function axisOf(name: string): Axis | null {
  const plain = name.trim().toUpperCase().replaceAll(/[ -]/g, '_')
  return axes.find(({ id }) => id === plain)?.id ?? olderNames.get(plain) ?? null
}
