/** The time, passed in: no code of the gateway reads the system clock by itself. */
export type Clock = {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  nowMs(): number
}

/** The machine's own clock. Only the command line hands it out. */
export const systemClock: Clock = { nowMs: () => Date.now() }
