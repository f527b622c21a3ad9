import { describe, expect, it } from 'vitest'
import { createJudge } from '../../../src/checkers/instructions/judge-response.ts'
import { compileInstruction, instructionDefinitions } from '../../../src/checkers/instructions/registry.ts'
import { protocols } from '../../../src/core/verdict.ts'
import { exampleParameters, hostileTexts } from './_examples.ts'
import { houseTools } from './_tools.ts'

describe('hostile responses of one million characters', () => {
  houseTools.detectLanguage('read the profiles before the clock starts')

  // The limit is CPU time; the test's own time-out leaves room for a busy machine.
  it.each([...instructionDefinitions.keys()])(
    '%s is judged in less than two seconds each',
    { timeout: 240_000 },
    (id) => {
      for (const [name, text] of hostileTexts) {
        for (const protocol of protocols) {
          const instruction = compileInstruction(id, exampleParameters[id])
          const started = process.cpuUsage()
          createJudge(text, houseTools)(instruction, protocol)
          expect(process.cpuUsage(started).user / 1e6, `${name}, ${protocol}`).toBeLessThan(2)
        }
      }
    },
  )
})
