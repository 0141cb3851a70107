import { describe, expect, test } from 'vitest'
import { toNumber } from './coerce.ts'

describe('text as a number', () => {
  test.each([
    ['12', 12],
    ['+12.5', 12.5],
    ['.5', 0.5],
    ['5.', 5],
    ['-1.5e-3', -0.0015],
  ])('%s is read', (text, number) => {
    expect(toNumber(text, 'float')).toBe(number)
  })

  test.each(['int', 'float'] as const)('a megabyte of digits that are no %s is refused in a moment', (kind) => {
    const started = performance.now()
    expect(() => toNumber(`${'1'.repeat(1_000_000)}x`, kind)).toThrow()
    expect(performance.now() - started).toBeLessThan(1000)
  })
})
