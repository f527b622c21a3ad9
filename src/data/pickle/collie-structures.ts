/** A structure of COLLIE-v1: its code in the data, its name in the paper, and the kind of text it asks for. */
export interface CollieStructure {
  readonly code: string
  readonly name: string
  readonly level: 'word' | 'sentence' | 'paragraph' | 'passage'
}

/** The 13 structures in the paper's order (arXiv 2307.08689, table 1). There is no c13. */
export const collieStructures: readonly CollieStructure[] = [
  { code: 'c01', name: 'word01', level: 'word' },
  { code: 'c02', name: 'word02', level: 'word' },
  { code: 'c03', name: 'word03', level: 'word' },
  { code: 'c04', name: 'sent01', level: 'sentence' },
  { code: 'c05', name: 'sent02', level: 'sentence' },
  { code: 'c06a', name: 'sent03', level: 'sentence' },
  { code: 'c07', name: 'sent04', level: 'sentence' },
  { code: 'c08', name: 'para01', level: 'paragraph' },
  { code: 'c09', name: 'para02', level: 'paragraph' },
  { code: 'c10', name: 'para03', level: 'paragraph' },
  { code: 'c11', name: 'para04', level: 'paragraph' },
  { code: 'c12', name: 'para05', level: 'paragraph' },
  { code: 'c14', name: 'pass01', level: 'passage' },
]
