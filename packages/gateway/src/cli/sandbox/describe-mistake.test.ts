import { expect, test } from 'vitest'
import { describeMistake } from './describe-mistake.ts'

test('a mistake is one line with its place in the code, however many lines its message has', () => {
  const line = describeMistake(new TypeError('first\n  second'))
  expect(line).toMatch(/^a mistake of the sandbox.*TypeError: first second \(.*describe-mistake\.test\.ts:\d+\)$/)
})

test('a long message is cut', () => {
  expect(describeMistake(new Error('x'.repeat(10_000))).length).toBeLessThan(600)
})

test('what is thrown and is no error is told by its type alone', () => {
  expect(describeMistake('SECRET')).toBe('a mistake of the sandbox, not of its client: a string was thrown')
})
