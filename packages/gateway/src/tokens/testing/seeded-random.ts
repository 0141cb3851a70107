import { createHash } from 'node:crypto'
import type { Random } from '../../kernel/random.ts'

/** For tests: bytes that look random and are the same for the same seed. */
export function createSeededRandom(seed: string): Random {
  let block = 0
  return {
    bytes(count) {
      const parts: Buffer[] = []
      for (let length = 0; length < count; length += 32) {
        parts.push(createHash('sha256').update(`${seed}:${block}`).digest())
        block += 1
      }
      return new Uint8Array(Buffer.concat(parts).subarray(0, count))
    },
  }
}
