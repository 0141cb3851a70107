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
    read: { atLeast: 177, goalPercent: 88 },
    write: { atLeast: 210, goalPercent: 88 },
    access: { atLeast: 82, goalPercent: 88 },
    auth: { atLeast: 142, goalPercent: 88 },
    http: { atLeast: 98, goalPercent: 75 },
  },
  18: {
    read: { atLeast: 178, goalPercent: 92 },
    write: { atLeast: 215, goalPercent: 92 },
    access: { atLeast: 82, goalPercent: 92 },
    auth: { atLeast: 147, goalPercent: 92 },
    http: { atLeast: 100, goalPercent: 75 },
  },
  19: {
    read: { atLeast: 180, goalPercent: 88 },
    write: { atLeast: 211, goalPercent: 88 },
    access: { atLeast: 82, goalPercent: 88 },
    auth: { atLeast: 201, goalPercent: 88 },
    http: { atLeast: 98, goalPercent: 75 },
  },
} as const satisfies Record<Version, Record<Group, Row>>

/** The share of all answers that a real server with demonstration data must give alike: this proves the suite. */
export const REAL_PERCENT = 97
