import { describe, expect, test } from 'vitest'
import { codeFrom } from './second-factor.ts'
import { newTotpSecret, stepOfCode } from './totp.ts'

/** `12345678901234567890`, the secret of RFC 6238 appendix B, whose codes have eight digits there. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

describe('a code of the second factor', () => {
  test.each([
    [59, 287082],
    [1_111_111_109, 81804],
    [1_234_567_890, 5924],
    [20_000_000_000, 353130],
  ])('at second %i is that of RFC 6238 appendix B', (seconds, code) => {
    expect(stepOfCode(SECRET, code, seconds * 1000)).toBe(Math.floor(seconds / 30))
  })

  test.each([
    ['of the step before', 30, true],
    ['of the next step', -30, true],
    ['of two steps before', 60, false],
    ['of the step after the next', -60, false],
  ])('%s: is it taken?', (_case, lateSeconds, taken) => {
    expect(stepOfCode(SECRET, 81804, (1_111_111_109 + lateSeconds) * 1000) !== undefined).toBe(taken)
  })

  test('may be written in groups, as authenticators show it', () => {
    expect([codeFrom(' 287 082 '), codeFrom('081804'), codeFrom('+1_000')]).toEqual([287082, 81804, 1000])
  })

  test.each(['', 'abc', '12a', '1.5', '0x10', '1__0', '-'])('is no number: %j', (text) => {
    expect(codeFrom(text)).toBeUndefined()
  })
})

test('a new secret has 160 bits, in base32', () => {
  expect(newTotpSecret((size) => Buffer.alloc(size, 0xff))).toBe('7'.repeat(32))
})
