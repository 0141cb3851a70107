import { timingSafeEqual } from 'node:crypto'

/** Is it that text? The time it takes tells nothing about how much of a secret was right. */
export function isSameText(secret: unknown, given: string): boolean {
  const expected = Buffer.from(typeof secret === 'string' ? secret : '')
  const actual = Buffer.from(given)
  return expected.length > 0 && expected.length === actual.length && timingSafeEqual(expected, actual)
}
