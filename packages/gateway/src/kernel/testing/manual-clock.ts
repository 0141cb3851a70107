import type { Clock } from '../clock.ts'

/** For tests: a clock that stands still until it is moved. Begins at 2026-11-21T00:00:00Z. */
export type ManualClock = Clock & { advanceMs(ms: number): void; advanceSeconds(seconds: number): void }

/** Makes a clock that the test moves. */
export function createManualClock(startMs = Date.UTC(2026, 10, 21)): ManualClock {
  let now = startMs
  return {
    nowMs: () => now,
    advanceMs(ms) {
      now += ms
    },
    advanceSeconds(seconds) {
      now += seconds * 1000
    },
  }
}
