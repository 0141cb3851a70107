import { newId } from '../kernel/id.ts'
import type { Random } from '../kernel/random.ts'

const SANE = /^[A-Za-z0-9._:-]{1,64}$/

/** The request's id: the caller's own if it is short and plain, else a new one. */
export function requestIdOf(header: string | readonly string[] | undefined, random: Random): string {
  return typeof header === 'string' && SANE.test(header) ? header : newId('req', random)
}
