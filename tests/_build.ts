import { join } from 'node:path'

/** A file of the program that this test run has built, by its path below `dist/`. */
export function built(path: string): string {
  const folder = process.env.HEED_TEST_BUILD
  if (!folder) throw new Error('Expected HEED_TEST_BUILD, which tests/_global-setup.ts sets')
  return join(folder, path)
}
