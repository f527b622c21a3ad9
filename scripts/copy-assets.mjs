// Copies the data files that the compiled code reads beside itself (lock file, embedded samples, prices) into dist/, or
// into the folder that is named.
import { cpSync, existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, extname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const target = join(root, process.argv[2] ?? 'dist')
const assetTypes = new Set(['.json', '.jsonl', '.gz', '.txt', '.css', '.html', '.py', '.mjs', '.bin'])

function copyTree(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) copyTree(path)
    else if (assetTypes.has(extname(name))) {
      cpSync(path, join(target, relative(join(root, 'src'), path)), { recursive: true })
    }
  }
}
copyTree(join(root, 'src'))

// Profiles for language detection where langdetect's own are not installed: data of the npm package of that name, whose
// code (and its large dependency) is not needed at run time.
const profiles = join(root, 'node_modules/langdetect/profiles')
if (existsSync(profiles)) cpSync(profiles, join(target, 'data/language-profiles'), { recursive: true })
