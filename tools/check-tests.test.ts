import { expect, test } from 'vitest'
import { checkTests } from './check-tests.ts'

function findings(text: string) {
  return checkTests([{ path: 'a.test.ts', text }])
}

test.each([
  "test.only('a', () => {})",
  "describe.only('a', () => {})",
  "test.concurrent.only('a', () => {})",
  "test.skip('a', () => {})",
  "describe.skip('a', () => {})",
  "test.skipIf(!database)('a', () => {})",
  "describe.runIf(database)('a', () => {})",
  "it.todo('a')",
  "test('a', ({ skip }) => skip())",
  "test('a', ({ skip }) => skip(!database))",
  "test('a', ({ skip }) => skip(!hasDatabase()))",
  "test('a', (context) => { context.skip() })",
])('%s is found, with its line', (code) => {
  expect(findings(`\n${code}\n`)).toEqual([{ path: 'a.test.ts', line: 2, message: expect.any(String) }])
})

test.each([
  "test('a', () => {})",
  "test('a', ({ skip }) => skip('no PostgreSQL: set DATABASE_URL'))",
  "test('a', ({ skip }) => skip(!database, 'no PostgreSQL'))",
  "test('a', ({ skip }) => skip(!find('x'), reason))",
  "test('a', (context) => { context.skip('no Chromium') })",
  "// skip: without PostgreSQL there is nothing to test\ndescribe.skipIf(!database)('a', () => {})",
  "const text = 'test.only('",
  'iterator.skip(1, 2)',
])('%s is fine', (code) => {
  expect(findings(code)).toEqual([])
})
