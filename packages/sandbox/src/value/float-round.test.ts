import { describe, expect, test } from 'vitest'
import { roundTo } from './float-round.ts'

describe('numbers are rounded as Odoo rounds them', () => {
  test.each([
    { name: 'a half that binary numbers put below it goes up', value: 10.005, places: 2, rounded: 10.01 },
    { name: 'a negative half goes away from zero', value: -2.675, places: 2, rounded: -2.68 },
    { name: 'less than a half goes down', value: 10.0049, places: 2, rounded: 10 },
    { name: 'a sum of tenths', value: 0.1 + 0.2, places: 2, rounded: 0.3 },
    { name: 'whole numbers', value: 2.5, places: 0, rounded: 3 },
    { name: 'nothing', value: 0, places: 2, rounded: 0 },
    { name: 'more digits than a number holds', value: 1e300, places: 2, rounded: 1e300 },
  ])('$name', ({ value, places, rounded }) => {
    expect(roundTo(value, places)).toBe(rounded)
  })
})
