import { randomBytes } from 'node:crypto'

/** Randomness, passed in: tests hand in a seeded one, the command line the system's. */
export type Random = {
  /** `count` bytes that an attacker cannot predict. */
  bytes(count: number): Uint8Array
}

/** The operating system's generator. */
export const systemRandom: Random = { bytes: (count) => randomBytes(count) }
