import { LiteralError } from './error.ts'

/** An integer or a float, as JSON and Python both read it; Python's `5.` and `.5` too. */
const NUMBER = /-?(?:(?:0|[1-9][0-9]*)(\.[0-9]*)?|(\.[0-9]+))([eE][-+]?[0-9]+)?/y

/**
 * Reads a number that begins at `start`, and tells where it ends. `-0` is 0.
 *
 * @throws LiteralError also for what a double cannot hold: an integer beyond 2^53 - 1 would silently become another
 * one, which as an id is another record.
 */
export function readNumber(text: string, start: number): { readonly value: number; readonly end: number } {
  NUMBER.lastIndex = start
  const match = NUMBER.exec(text)
  const end = NUMBER.lastIndex
  // What sticks to a number makes it something else: 0x10, 1_000, 007, 1j, 1.2.3.
  if (match === null || /[A-Za-z0-9_.]/.test(text[end] ?? '')) {
    throw new LiteralError('malformed', 'This is no decimal number.', start)
  }
  const value = Number(match[0])
  const isInteger = match[1] === undefined && match[2] === undefined && match[3] === undefined
  if (!Number.isFinite(value) || (isInteger && !Number.isSafeInteger(value))) {
    throw new LiteralError('malformed', 'A number is too large.', start)
  }
  return { value: value === 0 ? 0 : value, end }
}
