import type { RecordPage } from '../records/record.ts'

/** What every list tells in its headers: how many records match, and the cap where the limit was cut down to it. */
export function pageHeaders({ total, limitCapped }: RecordPage): Readonly<Record<string, string>> {
  return {
    'x-total-count': String(total),
    ...(limitCapped === undefined ? {} : { 'x-limit-capped': String(limitCapped) }),
  }
}
