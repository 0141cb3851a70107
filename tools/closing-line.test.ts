import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from './source-file.ts'

const VITEST = join(ROOT, 'node_modules/vitest/vitest.mjs')

/** Where its files lie: inside the checkout, so that they find vitest, and not under version control. */
const CACHE = join(ROOT, '.cache')

/** Runs vitest on files of its own. */
function runTests(files: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}) {
  mkdirSync(CACHE, { recursive: true })
  const directory = mkdtempSync(join(CACHE, 'closing-line-'))
  try {
    const config = { test: { reporters: ['default', join(ROOT, 'tools/closing-line.ts')] } }
    writeFileSync(join(directory, 'vitest.config.mjs'), `export default ${JSON.stringify(config)}`)
    for (const [name, text] of Object.entries(files)) {
      writeFileSync(join(directory, name), `import { beforeAll, describe, test } from 'vitest'\n${text}`)
    }
    const { status, stdout } = spawnSync(process.execPath, [VITEST, 'run', '--root', directory], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, ...env },
    })
    return { status, lines: stdout.trimEnd().split('\n') }
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

const PASSES = "test('a', () => {})\n"
const FAILS = "test('b', () => { throw new Error('wrong') })\n"
const SKIPS = "test('c', ({ skip }) => { skip('needs a printer') })\n"
const BREAKS = "describe('d', () => { beforeAll(() => { throw new Error('wrong') }); test('e', () => {}) })\n"

test('the last line counts what passed, failed and was skipped, with reasons before it', () => {
  const { status, lines } = runTests({ 'one.test.ts': PASSES + FAILS, 'two.test.ts': PASSES + SKIPS })
  expect(status).toBe(1)
  expect(lines.slice(-2)).toEqual(['skipped: c: needs a printer', '2 passed, 1 failed, 1 skipped'])
})

test('a file that cannot be loaded and a hook that throws count as failures', () => {
  const { status, lines } = runTests({ 'one.test.ts': "import './missing.ts'", 'two.test.ts': PASSES + BREAKS })
  expect(status).toBe(1)
  expect(lines.at(-1)).toBe('1 passed, 2 failed, 1 skipped')
})

test('a run without any test is no success', () => {
  const { status, lines } = runTests({})
  expect(status).toBe(1)
  expect(lines.at(-1)).toBe('0 passed, 1 failed, 0 skipped')
})

test.each([
  {
    files: PASSES + SKIPS,
    status: 1,
    last: ['REQUIRE_ALL=1: skipped tests fail the run.', '1 passed, 0 failed, 1 skipped'],
  },
  { files: PASSES, status: 0, last: ['1 passed, 0 failed, 0 skipped'] },
])('with REQUIRE_ALL=1 a run ends with $last', ({ files, status, last }) => {
  const run = runTests({ 'one.test.ts': files }, { REQUIRE_ALL: '1' })
  expect(run.status).toBe(status)
  expect(run.lines.slice(-last.length)).toEqual(last)
})

test('without REQUIRE_ALL a skipped test leaves the run green', () => {
  expect(runTests({ 'one.test.ts': PASSES + SKIPS }).status).toBe(0)
})
