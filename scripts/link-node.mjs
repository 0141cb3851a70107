// Repairs node_modules/.bin/node after an installation, so that `npm run`, `npx` and shebangs find Node.js 24 or newer.
//
// npm 10 and 11.0 to 11.5 link `node` for the platform package and then delete the link again while they remove the
// packages of the other platforms; and on a machine whose own Node.js is new enough the link would hide it. Says
// nothing when nothing is wrong. Runs on Node.js 20. (docs/decisions/0001)

import { existsSync, lstatSync, mkdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { delimiter, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import runtime from '../packages/gateway/bin/runtime.cjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const link = join(root, 'node_modules', '.bin', 'node')

// On Windows npm writes command shims, which stay as they are; `scripts/run.mjs` and the launcher need no link.
if (process.platform !== 'win32') repair()

function repair() {
  const own = ownVersion()
  if (own !== undefined && runtime.isRecent(own)) {
    rmSync(link, { force: true })
    return
  }
  const carried = runtime.findRuntime(root)
  if (carried === undefined) {
    process.stderr.write(
      `Gatehouse needs Node.js ${runtime.MINIMUM_MAJOR} or newer: this machine has ${own ?? 'none'}, and no platform package was installed.\n`,
    )
    return
  }
  if (existsSync(link) && realpathSync(link) === realpathSync(carried)) return
  if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) rmSync(link)
  mkdirSync(dirname(link), { recursive: true })
  symlinkSync(relative(dirname(link), carried), link)
}

/**
 * The version of the machine's own Node.js: the first on PATH that no node_modules put there. The running one does not
 * tell, since npm puts node_modules/.bin first and may already run this script with the carried one.
 */
function ownVersion() {
  const directories = (process.env.PATH ?? '').split(delimiter).filter((directory) => directory !== '')
  for (const directory of directories) {
    const candidate = join(directory, 'node')
    if (!existsSync(candidate) || /[\\/]node_modules[\\/]/.test(realpathSync(candidate))) continue
    const version = runtime.versionOf(candidate)
    if (version !== undefined) return version
  }
  return undefined
}
