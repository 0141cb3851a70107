import { describe, expect, test } from 'vitest'
import { dateGroup, SPANS } from './date-group.ts'
import { clockMs, fromZone, knownZone, toZone } from './zoned-time.ts'

const [MONDAY, SUNDAY] = [1, 7]

describe('the span around a moment', () => {
  test.each([
    ['hour', '2026-11-21 13:00:00', '01:00 21 Nov'],
    ['day', '2026-11-21 00:00:00', '21 Nov 2026'],
    ['week', '2026-11-15 00:00:00', 'W47 2026'],
    ['month', '2026-11-01 00:00:00', 'November 2026'],
    ['quarter', '2026-10-01 00:00:00', 'Q4 2026'],
    ['year', '2026-01-01 00:00:00', '2026'],
  ])('%s', (granularity, start, label) => {
    expect(dateGroup('2026-11-21 13:45:10', granularity, undefined, SUNDAY)).toBe(start)
    expect(SPANS[granularity]?.label(clockMs(start), SUNDAY)).toBe(label)
  })

  test('weeks begin as the language has it; the first one holds the first of January', () => {
    expect(dateGroup('2026-11-22', 'week', undefined, MONDAY)).toBe('2026-11-16 00:00:00')
    expect(dateGroup('2026-11-22', 'week', undefined, SUNDAY)).toBe('2026-11-22 00:00:00')
    expect(SPANS.week?.label(clockMs('2026-12-27'), SUNDAY)).toBe('W1 2027')
  })

  test('a day knows no zone, a moment does', () => {
    expect(dateGroup('2026-11-20 23:30:00', 'day', 'Asia/Tokyo', SUNDAY)).toBe('2026-11-21 00:00:00')
    expect(dateGroup('2026-11-20', 'day', 'Asia/Tokyo', SUNDAY)).toBe('2026-11-20 00:00:00')
  })

  test.each([
    ['iso_week_number', '2027-01-01', 53],
    ['day_of_year', '2024-12-31', 366],
    ['day_of_week', '2026-11-22', 0],
    ['quarter_number', '2026-11-22', 4],
    ['hour_number', '2026-11-22 13:00:00', 13],
  ])('%s of %s is %s', (part, text, number) => {
    expect(dateGroup(text, part, undefined, SUNDAY)).toBe(number)
  })
})

describe('clocks of a zone', () => {
  test('go back and forth', () => {
    for (const zone of ['Europe/Brussels', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland']) {
      for (const text of ['2026-01-01 00:00:00', '2026-07-01 12:00:00', '2026-10-25 03:00:00', '2026-03-29 04:00:00']) {
        expect(toZone(fromZone(clockMs(text), zone), zone), `${zone} ${text}`).toBe(clockMs(text))
      }
    }
  })

  test('of an unknown zone are those of UTC', () => {
    expect(knownZone('Mars/Olympus')).toBeUndefined()
    expect(knownZone(5)).toBeUndefined()
    expect(toZone(5, undefined)).toBe(5)
  })
})
