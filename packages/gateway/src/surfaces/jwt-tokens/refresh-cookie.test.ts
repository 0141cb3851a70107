import { describe, expect, test } from 'vitest'
import { createManualClock } from '../../kernel/testing/manual-clock.ts'
import { refreshCookie } from './refresh-cookie.ts'

describe('the refresh cookie lives for what is left of its token', () => {
  test.each([
    { name: 'a new token', leftMs: 3_600_000, seconds: 3_600 },
    { name: 'a second that has begun counts whole', leftMs: 1_001, seconds: 2 },
    { name: 'a token that ends now', leftMs: 0, seconds: 0 },
    { name: 'a token that has ended meanwhile', leftMs: -1, seconds: 0 },
  ])('$name', ({ leftMs, seconds }) => {
    const clock = createManualClock()
    const issued = { refreshToken: 'T', refreshExpiresAtMs: clock.nowMs() + leftMs }
    expect(refreshCookie(issued, clock)).toEqual({
      name: 'refreshToken',
      value: 'T',
      path: '/api',
      maxAgeSeconds: seconds,
    })
  })
})
