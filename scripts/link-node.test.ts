import { existsSync, lstatSync, mkdirSync, readlinkSync, symlinkSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Checkout, checkout, installRuntime, start } from '../packages/gateway/bin/checkout.fixture.ts'
import runtime from '../packages/gateway/bin/runtime.cjs'

const RUNTIME_PACKAGE = runtime.RUNTIME_PACKAGES[`${process.platform}-${process.arch}`] ?? 'no package for this machine'
const EXPECTED_LINK = `../${RUNTIME_PACKAGE}/bin/node`

/** A checkout on a machine whose own Node.js says `version`; none when undefined. */
function machine(version: string | undefined): Checkout {
  const tree = checkout(['scripts/link-node.mjs', 'packages/gateway/bin/runtime.cjs'])
  if (version !== undefined) tree.write('machine/bin/node', `#!/bin/sh\necho ${version}\n`, 0o755)
  mkdirSync(join(tree.directory, 'node_modules/.bin'), { recursive: true })
  return tree
}

function link(tree: Checkout): string {
  return join(tree.directory, 'node_modules/.bin/node')
}

/** Runs the script as npm does: with node_modules/.bin first on PATH. */
function install(tree: Checkout) {
  const path = [join(tree.directory, 'node_modules/.bin'), join(tree.directory, 'machine/bin')].join(delimiter)
  return start(process.execPath, [join(tree.directory, 'scripts/link-node.mjs')], { PATH: path }).ended
}

describe('on a machine with an old Node.js, the carried one is linked', () => {
  test.each([
    { state: 'when npm deleted the link', before: () => {} },
    { state: 'when the link leads nowhere', before: (tree: Checkout) => symlinkSync('../gone/bin/node', link(tree)) },
    { state: 'when the link is right', before: (tree: Checkout) => symlinkSync(EXPECTED_LINK, link(tree)) },
  ])('$state', async ({ before }) => {
    using tree = machine('v20.20.2')
    installRuntime(tree, RUNTIME_PACKAGE)
    before(tree)
    expect(await install(tree)).toEqual({ code: 0, signal: null, stdout: '', stderr: '' })
    expect(readlinkSync(link(tree))).toBe(EXPECTED_LINK)
  })

  test('also when there is no other Node.js at all', async () => {
    using tree = machine(undefined)
    installRuntime(tree, RUNTIME_PACKAGE)
    expect(await install(tree)).toMatchObject({ code: 0, stderr: '' })
    expect(existsSync(link(tree))).toBe(true)
  })
})

test('on a machine with a recent Node.js the link is removed, so that it does not hide that one', async () => {
  using tree = machine('v26.1.0')
  installRuntime(tree, RUNTIME_PACKAGE)
  symlinkSync(EXPECTED_LINK, link(tree))
  expect(await install(tree)).toEqual({ code: 0, signal: null, stdout: '', stderr: '' })
  expect(lstatSync(link(tree), { throwIfNoEntry: false })).toBe(undefined)
})

test('one line, and no failed installation, when there is neither', async () => {
  using tree = machine('v20.20.2')
  const { code, stderr } = await install(tree)
  expect(code).toBe(0)
  expect(stderr).toMatch(/^Gatehouse needs Node\.js 24 or newer: this machine has v20\.20\.2, .*\n$/)
})
