// Makes the compiled command executable. npm does so when it links a package, but not when a folder is built anew.
import { chmodSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
chmodSync(join(root, process.argv[2] ?? 'dist', 'cli/main.js'), 0o755)
