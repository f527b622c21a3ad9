/**
 * Options of the sandbox's Node process: the permission model with read access to two places and nothing else, no code
 * from strings, a small heap. The name of the first option differs between Node versions.
 * @param readable absolute real paths; a folder ends in a slash
 */
export function nodeFlags(
  readable: readonly string[],
  isKnown = (flag: string) => process.allowedNodeEnvironmentFlags.has(flag),
): string[] {
  return [
    isKnown('--permission') ? '--permission' : '--experimental-permission',
    ...readable.map((path) => `--allow-fs-read=${path}`),
    '--no-addons',
    '--disallow-code-generation-from-strings',
    '--max-old-space-size=256',
    // Less memory: no second, optimising compilation of the interpreter, and what loading left behind is collected once.
    '--liftoff-only',
    '--expose-gc',
  ]
}
