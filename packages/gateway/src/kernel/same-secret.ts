import { createHash, timingSafeEqual } from 'node:crypto'

/** Whether two secrets are the same. Takes as long for a wrong one as for a right one, whatever their lengths. */
export function isSameSecret(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest()
}
