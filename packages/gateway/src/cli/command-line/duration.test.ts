import { expect, test } from 'vitest'
import { parseDuration } from './duration.ts'

test.each([
  ['90s', 90_000],
  ['15m', 900_000],
  ['24h', 86_400_000],
  ['90d', 7_776_000_000],
  ['0h', 0],
])('%s is %i ms', (text, ms) => {
  expect(parseDuration(text)).toBe(ms)
})

test.each(['', '90', 'd', '-1d', '1.5h', '1w', '9999999d', '1d '])('%j is no length of time', (text) => {
  expect(() => parseDuration(text)).toThrow(/write 90s, 15m, 24h or 90d/)
})
