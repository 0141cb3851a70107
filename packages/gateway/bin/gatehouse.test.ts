import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Checkout, checkout, installRuntime, pretendOldNode, start } from './checkout.fixture.ts'
import runtime from './runtime.cjs'

const LAUNCHER = 'packages/gateway/bin/gatehouse.cjs'

const RUNTIME_PACKAGE = runtime.RUNTIME_PACKAGES[`${process.platform}-${process.arch}`] ?? 'no package for this machine'

/** Prints who runs it and waits for SIGTERM, to end with code 3; `exit N` ends at once with that code. */
const COMMAND_LINE = `
const [command, code] = process.argv.slice(2)
const waiting = setInterval(() => {}, 60_000)
process.on('SIGTERM', () => {
  clearInterval(waiting)
  process.stdout.write('stopped\\n')
  process.exitCode = 3
})
process.stdout.write(JSON.stringify({
  node: process.versions.node,
  pid: process.pid,
  heap: process.execArgv,
  args: process.argv.slice(2),
}) + '\\n')
if (command === 'exit') process.exit(Number(code))
`

function gatewayCheckout(): Checkout {
  const tree = checkout([LAUNCHER, 'packages/gateway/bin/runtime.cjs'])
  tree.write('packages/gateway/src/cli/main.ts', COMMAND_LINE)
  return tree
}

function startOldNode(tree: Checkout, execve: boolean, args: readonly string[]) {
  return start(process.execPath, [
    '--require',
    pretendOldNode(tree, { execve }),
    join(tree.directory, LAUNCHER),
    ...args,
  ])
}

test('on a recent Node.js the command line runs in the same process', async () => {
  using tree = gatewayCheckout()
  const { child, firstLine, ended } = start(process.execPath, [join(tree.directory, LAUNCHER), 'exit', '0'])
  expect(JSON.parse(await firstLine)).toEqual({
    node: process.versions.node,
    pid: child.pid,
    heap: runtime.HEAP_FLAGS,
    args: ['exit', '0'],
  })
  expect((await ended).code).toBe(0)
})

test('whoever says something about the heap is left alone', async () => {
  using tree = gatewayCheckout()
  const args = ['--max-old-space-size=300', join(tree.directory, LAUNCHER), 'exit', '0']
  const { firstLine } = start(process.execPath, args)
  expect(JSON.parse(await firstLine)).toMatchObject({ heap: ['--max-old-space-size=300'] })
})

test('what was compiled is kept beside the code, and a folder that cannot be written is no hindrance', async () => {
  using tree = gatewayCheckout()
  const cache = join(tree.directory, 'packages/gateway/.cache')
  const run = () => start(process.execPath, [join(tree.directory, LAUNCHER), 'exit', '0']).ended
  expect((await run()).code).toBe(0)
  expect(readdirSync(join(cache, 'compile'))).not.toEqual([])
  rmSync(cache, { recursive: true })
  tree.write('packages/gateway/.cache', 'a file in its place')
  expect(await run()).toMatchObject({ code: 0, stderr: '' })
})

describe.each([
  { way: 'by execve', execve: true },
  { way: 'by a child', execve: false },
])('on an old Node.js, $way', ({ execve }) => {
  test('the carried Node.js runs the command line with its arguments, and its exit code is kept', async () => {
    using tree = gatewayCheckout()
    installRuntime(tree, RUNTIME_PACKAGE)
    const { child, firstLine, ended } = startOldNode(tree, execve, ['exit', '7', '--flag=a b'])
    const said = JSON.parse(await firstLine)
    expect(said).toMatchObject({
      node: process.versions.node,
      heap: runtime.HEAP_FLAGS,
      args: ['exit', '7', '--flag=a b'],
    })
    expect(said.pid === child.pid).toBe(execve)
    expect(await ended).toMatchObject({ code: 7, stderr: '' })
  })

  test('SIGTERM reaches the command line, which ends gracefully', async () => {
    using tree = gatewayCheckout()
    installRuntime(tree, RUNTIME_PACKAGE)
    const { child, firstLine, ended } = startOldNode(tree, execve, ['serve'])
    await firstLine
    child.kill('SIGTERM')
    expect(await ended).toMatchObject({ code: 3, stdout: expect.stringContaining('stopped') })
  })

  test('two lines and exit code 78 when no Node.js is carried', async () => {
    using tree = gatewayCheckout()
    const { code, stdout, stderr } = await startOldNode(tree, execve, ['serve']).ended
    expect({ code, stdout }).toEqual({ code: 78, stdout: '' })
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringContaining('this is 20.20.2, and no other was found'),
      expect.stringContaining('npm ci'),
    ])
  })

  test('exit code 78 when the carried Node.js does not run on this machine', async () => {
    using tree = gatewayCheckout()
    tree.write(`node_modules/${RUNTIME_PACKAGE}/package.json`, '{}')
    tree.write(`node_modules/${RUNTIME_PACKAGE}/bin/node`, 'no program', 0o755)
    expect(await startOldNode(tree, execve, ['serve']).ended).toMatchObject({ code: 78, stdout: '' })
  })
})

test('a killed launcher leaves no gateway behind: it ends gracefully', async () => {
  using tree = gatewayCheckout()
  installRuntime(tree, RUNTIME_PACKAGE)
  const { child, firstLine, ended } = startOldNode(tree, false, ['serve'])
  await firstLine
  child.kill('SIGKILL')
  expect(await ended).toMatchObject({ signal: 'SIGKILL', stdout: expect.stringContaining('stopped') })
})

test.each([
  { event: 'start', node: 'a recent Node.js', preload: () => [] },
  {
    event: 'start',
    node: 'an old Node.js',
    preload: (tree: Checkout) => ['--require', pretendOldNode(tree, { execve: false })],
  },
  { event: 'npx', node: 'a recent Node.js', preload: () => [] },
])(
  'where npm says $event on $node, the end of the shell in between ends the gateway gracefully',
  async ({ event, preload }) => {
    using tree = gatewayCheckout()
    installRuntime(tree, RUNTIME_PACKAGE)
    const command = [process.execPath, ...preload(tree), join(tree.directory, LAUNCHER), 'serve']
    const shellLine = `${command.map((word) => `'${word}'`).join(' ')}; true`
    const { child, firstLine, ended } = start('sh', ['-c', shellLine], { ...process.env, npm_lifecycle_event: event })
    await firstLine
    child.kill('SIGTERM')
    expect(await ended).toMatchObject({ signal: 'SIGTERM', stdout: expect.stringContaining('stopped') })
  },
)

test('a death by signal is passed on as the same signal', async () => {
  using tree = gatewayCheckout()
  tree.write('packages/gateway/src/cli/main.ts', "process.kill(process.pid, 'SIGKILL')")
  installRuntime(tree, RUNTIME_PACKAGE)
  expect((await startOldNode(tree, false, []).ended).signal).toBe('SIGKILL')
})

test('the platform packages are the optional dependencies of the checkout', () => {
  const root = dirname(dirname(dirname(import.meta.dirname)))
  const { optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  expect(Object.values(runtime.RUNTIME_PACKAGES).sort()).toEqual(Object.keys(optionalDependencies).sort())
})
