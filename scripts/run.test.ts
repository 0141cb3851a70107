import { realpathSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  type Checkout,
  checkout,
  installRuntime,
  pretendOldNode,
  start,
} from '../packages/gateway/bin/checkout.fixture.ts'
import runtime from '../packages/gateway/bin/runtime.cjs'

const RUNTIME_PACKAGE = runtime.RUNTIME_PACKAGES[`${process.platform}-${process.arch}`] ?? 'no package for this machine'

/** Installed without scripts: nothing is linked in node_modules/.bin. */
function checkoutWithVitest(): Checkout {
  const tree = checkout(['scripts/run.mjs', 'packages/gateway/bin/runtime.cjs'])
  tree.write('node_modules/vitest/package.json', '{"type":"module","bin":{"vitest":"./start.mjs"}}')
  tree.write('node_modules/vitest/start.mjs', 'process.stdout.write(process.argv.slice(2).join(" "))')
  return tree
}

function run(tree: Checkout, preload: readonly string[], args: readonly string[]) {
  return start(process.execPath, [...preload, join(tree.directory, 'scripts/run.mjs'), ...args]).ended
}

const PRINT_NODE_AND_PATH =
  'process.stdout.write(JSON.stringify({ executable: process.execPath, path: process.env.PATH })); process.exitCode = 9'

describe('without links in node_modules/.bin', () => {
  test('a recent Node.js is used as it is', async () => {
    using tree = checkoutWithVitest()
    installRuntime(tree, RUNTIME_PACKAGE)
    const { code, stdout } = await run(tree, [], ['node', '-e', PRINT_NODE_AND_PATH])
    expect(code).toBe(9)
    expect(JSON.parse(stdout).executable).toBe(process.execPath)
  })

  test.each([{ execve: true }, { execve: false }])(
    'an old Node.js hands over to the carried one (%o)',
    async (kind) => {
      using tree = checkoutWithVitest()
      const carried = installRuntime(tree, RUNTIME_PACKAGE)
      const { code, stdout } = await run(
        tree,
        ['--require', pretendOldNode(tree, kind)],
        ['node', '-e', PRINT_NODE_AND_PATH],
      )
      expect(code).toBe(9)
      const { executable, path } = JSON.parse(stdout)
      expect(realpathSync(executable)).toBe(realpathSync(carried))
      expect(path.split(delimiter).slice(0, 2)).toEqual([join(tree.directory, 'node_modules/.bin'), dirname(carried)])
    },
  )

  test('a tool is started by the script that its package declares', async () => {
    using tree = checkoutWithVitest()
    expect(await run(tree, [], ['vitest', 'run', '--project=unit'])).toMatchObject({
      code: 0,
      stdout: 'run --project=unit',
    })
  })
})

test.each([{ args: [] }, { args: ['rm', '-rf', '.'] }, { args: ['toString'] }])(
  'anything but a known tool is refused with code 64 ($args)',
  async ({ args }) => {
    using tree = checkoutWithVitest()
    const { code, stderr } = await run(tree, [], args)
    expect({ code, stderr }).toEqual({
      code: 64,
      stderr: 'Usage: node scripts/run.mjs <node|biome|tsc|vitest> [arguments]\n',
    })
  },
)

test('code 78 and a sentence where no recent Node.js is to be had', async () => {
  using tree = checkoutWithVitest()
  const preload = ['--require', pretendOldNode(tree, { execve: false })]
  const { code, stderr } = await run(tree, preload, ['node', '--version'])
  expect(code).toBe(78)
  expect(stderr).toContain('this is 20.20.2, and no other was found')
})
