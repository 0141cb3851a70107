import { newId } from '../kernel/id.ts'
import type { Random } from '../kernel/random.ts'

const SANE = /^[A-Za-z0-9._:-]{1,64}$/

/** Answers the id of a request, given its header `X-Request-Id`: the caller's own if it is short and plain, else a new one. */
export type RequestIds = (header?: string | readonly string[]) => string

/**
 * Ids for the requests of one process: 96 random bits that name the process, and a count. They need to differ, not to be
 * hard to guess, and randomness for each request would cost a tenth of a cheap one.
 */
export function createRequestIds(random: Random): RequestIds {
  const prefix = newId('req', random)
  let count = 0
  return (header) => {
    if (typeof header === 'string' && SANE.test(header)) return header
    count++
    return `${prefix}.${count.toString(36)}`
  }
}
