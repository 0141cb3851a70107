import { expect, test } from 'vitest'
import { CommandError } from './frame.ts'
import { parseMoment } from './moment.ts'

const NOW_MS = Date.UTC(2026, 10, 21, 12)

test.each([
  ['90s', NOW_MS - 90_000],
  ['15m', NOW_MS - 900_000],
  ['24h', NOW_MS - 86_400_000],
  ['7d', NOW_MS - 604_800_000],
  ['2026-11-20', Date.UTC(2026, 10, 20)],
  ['2026-11-20T09:30', Date.UTC(2026, 10, 20, 9, 30)],
  ['2026-11-20 09:30:15Z', Date.UTC(2026, 10, 20, 9, 30, 15)],
  ['2026-11-20T09:30+02:00', Date.UTC(2026, 10, 20, 7, 30)],
])('%s is a moment', (text, ms) => {
  expect(parseMoment(text, NOW_MS)).toBe(ms)
})

test.each(['', 'yesterday', '24', '-1h', '2026-13-40', '1700000000000', '24h ago'])('"%s" is none', (text) => {
  expect(() => parseMoment(text, NOW_MS)).toThrow(CommandError)
})
