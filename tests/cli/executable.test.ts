import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { built } from '../_build.ts'
import { cleanEnvironment } from './_bench.ts'

it.skipIf(process.platform === 'win32')('can be called by its path as soon as it is built', () => {
  const version = execFileSync(built('cli/main.js'), ['--version'], { env: cleanEnvironment(), encoding: 'utf8' })
  expect(version).toMatch(/^\d+\.\d+\.\d+\n$/)
})
