import type { Group, Version } from '../recording.ts'

/** What holds for a group on the sandbox. */
export type Row = {
  /** As many answers are alike today. Fewer fail; whoever makes more alike raises the row. */
  readonly atLeast: number
  /** The share that the sandbox is to reach. */
  readonly goalPercent: number
}

/** The sandbox by version and group. */
export const SANDBOX_ROWS = {
  17: {
    read: { atLeast: 155, goalPercent: 88 },
    write: { atLeast: 191, goalPercent: 88 },
    access: { atLeast: 54, goalPercent: 88 },
    auth: { atLeast: 35, goalPercent: 88 },
    http: { atLeast: 55, goalPercent: 75 },
  },
  18: {
    read: { atLeast: 155, goalPercent: 92 },
    write: { atLeast: 192, goalPercent: 92 },
    access: { atLeast: 51, goalPercent: 92 },
    auth: { atLeast: 32, goalPercent: 92 },
    http: { atLeast: 58, goalPercent: 75 },
  },
  19: {
    read: { atLeast: 152, goalPercent: 88 },
    write: { atLeast: 193, goalPercent: 88 },
    access: { atLeast: 54, goalPercent: 88 },
    auth: { atLeast: 26, goalPercent: 88 },
    http: { atLeast: 58, goalPercent: 75 },
  },
} as const satisfies Record<Version, Record<Group, Row>>

/** The share of all answers that a real server with demonstration data must give alike: this proves the suite. */
export const REAL_PERCENT = 97
