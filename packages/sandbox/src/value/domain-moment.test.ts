import { describe, expect, test } from 'vitest'
import { OdooFault } from '../fault/odoo-fault.ts'
import { boundOf, postgresMoment, relativeMoment } from './domain-moment.ts'

/** Saturday, 2026-11-21 00:20 in Brussels. */
const clock = () => ({ nowMs: Date.UTC(2026, 10, 20, 23, 20), zone: 'Europe/Brussels', firstDay: 7 })

describe('a moment as PostgreSQL reads it', () => {
  test.each([
    ['2020-1-2', '2020-01-02 00:00:00'],
    ['20200102', '2020-01-02 00:00:00'],
    ['2020-01-02T03:04:05Z', '2020-01-02 03:04:05'],
    ['now', '2026-11-20 23:20:00'],
    ['tomorrow', '2026-11-21 00:00:00'],
  ])('%s', (text, moment) => {
    expect(postgresMoment(text, 'timestamp', clock).text).toBe(moment)
  })

  test.each([
    ['abc', 'InvalidDatetimeFormat'],
    ['', 'InvalidDatetimeFormat'],
    ['2020', 'InvalidDatetimeFormat'],
    [5, 'InvalidDatetimeFormat'],
    [0, 'DatetimeFieldOverflow'],
    ['2020-13-45', 'DatetimeFieldOverflow'],
    ['2020-02-30', 'DatetimeFieldOverflow'],
    ['2020-01-01 25:00:00', 'DatetimeFieldOverflow'],
  ])('refuses %j', (value, exception) => {
    expect(() => postgresMoment(value, 'date', clock)).toThrow(
      expect.objectContaining({ exception: `psycopg2.errors.${exception}` }),
    )
  })
})

describe('a moment as 19 reads it', () => {
  test.each([
    ['2020-01-02 03:04:05', '2020-01-02 03:04:05'],
    // Days begin where the user is: an hour before those of Greenwich.
    ['2020-01-02', '2020-01-01 23:00:00'],
    ['today', '2026-11-20 23:00:00'],
    ['now', '2026-11-20 23:20:00'],
    ['today -7d', '2026-11-13 23:00:00'],
    ['+1m', '2026-12-20 23:20:00'],
    ['today =1d', '2026-10-31 23:00:00'],
    ['=3H', '2026-11-21 02:00:00'],
    ['today =monday', '2026-11-15 23:00:00'],
    ['today +monday', '2026-11-22 23:00:00'],
    ['today =week_start', '2026-11-14 23:00:00'],
  ])('%s', (text, moment) => {
    expect(relativeMoment(text, 'datetime', clock).text).toBe(moment)
  })

  test('the last of a month stays in its month', () => {
    const january = () => ({ nowMs: Date.UTC(2027, 0, 31), zone: undefined, firstDay: 1 })
    expect(relativeMoment('today +1m', 'date', january).text).toBe('2027-02-28 00:00:00')
  })

  test.each(['abc', 'today +3x', '2020', '', 5, '2020-1-1', '2020-13-01', '2020-01-01T00:00:00Z', '=2w'])(
    'refuses %j',
    (value) => {
      expect(() => relativeMoment(value, 'datetime', clock)).toThrow(OdooFault)
    },
  )
})

test.each([
  ['>', '2020-01-01 23:59:59'],
  ['<=', '2020-01-01 23:59:59'],
  ['>=', '2020-01-01 00:00:00'],
  ['<', '2020-01-01 00:00:00'],
])('a day behind %s stands for %s', (operator, text) => {
  expect(boundOf({ text: '2020-01-01 00:00:00', isDay: true }, operator)).toBe(text)
})
