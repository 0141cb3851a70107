// Runs a tool of this checkout under Node.js 24 or newer: `node scripts/run.mjs <tool> [arguments]`.
//
// The package scripts call it, so that they work where the machine's own Node.js is older and where the installation
// ran no scripts (`npm ci --ignore-scripts`). Signals, output and the exit code are the tool's own. Exit code 64 is a
// wrong call, 78 a machine without a usable Node.js (sysexits.h). Runs on Node.js 20.

import { readFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import runtime from '../packages/gateway/bin/runtime.cjs'

/** The packages that the tools come from. Read from there, not from node_modules/.bin, which holds shims on Windows. */
const TOOL_PACKAGES = { biome: '@biomejs/biome', tsc: 'typescript', vitest: 'vitest' }

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [tool, ...args] = process.argv.slice(2)
const node = runtime.isRecent(process.versions.node) ? process.execPath : runtime.findRuntime(root)

if (tool !== 'node' && !isTool(tool)) {
  fail(64, `Usage: node scripts/run.mjs <node|${Object.keys(TOOL_PACKAGES).join('|')}> [arguments]`)
} else if (node === undefined) {
  fail(
    78,
    `This needs Node.js ${runtime.MINIMUM_MAJOR} or newer; this is ${process.versions.node}, and no other was found. Install it, or run \`npm ci\`.`,
  )
} else {
  const scripts = tool === 'node' ? [] : [scriptOf(tool)]
  const directories = [join(root, 'node_modules', '.bin'), dirname(node), process.env.PATH ?? '']
  runtime.handOver(node, [...scripts, ...args], { env: { ...process.env, PATH: directories.join(delimiter) } })
}

/**
 * @param {string | undefined} name
 * @returns {name is keyof typeof TOOL_PACKAGES}
 */
function isTool(name) {
  return name !== undefined && Object.hasOwn(TOOL_PACKAGES, name)
}

/**
 * The script that a tool's package declares as its command.
 *
 * @param {keyof typeof TOOL_PACKAGES} name
 */
function scriptOf(name) {
  const directory = join(root, 'node_modules', TOOL_PACKAGES[name])
  const { bin } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'))
  return join(directory, bin[name])
}

/**
 * @param {number} exitCode
 * @param {string} sentence
 */
function fail(exitCode, sentence) {
  process.stderr.write(`${sentence}\n`)
  process.exitCode = exitCode
}
