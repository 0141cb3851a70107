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

test.each([
  ['an escape sequence', 'Mozilla\u001b[2J', 'Mozilla\ufffd[2J'],
  ['the one-byte beginning of a sequence', 'x\u009b31m', 'x\ufffd31m'],
  ['an operating system command', '\u001b]0;title\u0007', '\ufffd]0;title\ufffd'],
  ['an end of a line', 'a\r\nb\u0085c\u2028d', 'a\ufffd\ufffdb\ufffdc\ufffdd'],
  ['an overriding direction', 'admin\u202egro', 'admin\ufffdgro'],
  ['an isolate', '\u2066x\u2069', '\ufffdx\ufffd'],
  ['something that is not seen', 'ad\u200bmin\ufeff', 'ad\ufffdmin\ufffd'],
  ['half a character', 'a\ud800b', 'a\ufffdb'],
])('%s in a cell does not reach the terminal', (_, cell, shown) => {
  expect(table(['DEVICE'], [[cell]], 'none')).toBe(`DEVICE\n${shown}`)
})

test('an empty table says so', () => {
  expect(table(['NAME'], [], 'There is no key yet.')).toBe('There is no key yet.')
})

test('times are told in UTC to the minute', () => {
  expect(timeText(Date.UTC(2026, 10, 21, 9, 30, 59))).toBe('2026-11-21 09:30')
  expect(timeText(undefined)).toBe('-')
})
