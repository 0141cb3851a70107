import { expect, test } from 'vitest'
import { totpCode } from './totp-code.ts'

/** `12345678901234567890`, the secret of RFC 6238 appendix B, whose codes have eight digits. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_234_567_890, '005924'],
  [20_000_000_000, '353130'],
])('the code at second %i is that of RFC 6238 appendix B', (seconds, code) => {
  expect(totpCode(SECRET, seconds * 1000)).toBe(code)
})
