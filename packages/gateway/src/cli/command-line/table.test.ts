import { expect, test } from 'vitest'
import { table, timeText } from './table.ts'

test('columns are as wide as their widest cell, however wide its characters are in memory', () => {
  expect(
    table(
      ['NAME', 'API'],
      [
        ['a', 'default'],
        ['żółw', 'b'],
        ['😀😀😀😀😀', 'c'],
      ],
      'none',
    ),
  ).toBe(['NAME   API', 'a      default', 'żółw   b', '😀😀😀😀😀  c'].join('\n'))
})

test('an empty table says so', () => {
  expect(table(['NAME'], [], 'There is no key yet.')).toBe('There is no key yet.')
})

test('times are told in UTC to the minute', () => {
  expect(timeText(Date.UTC(2026, 10, 21, 9, 30, 59))).toBe('2026-11-21 09:30')
  expect(timeText(undefined)).toBe('-')
})
