import {
  listSealedUnderOthers,
  replaceSealedValue,
  SEALED_PLACES,
  type SealedTable,
  sealPurpose,
} from '../store/sealed-values.ts'
import type { Store } from '../store/store.ts'
import type { Sealer } from './sealer.ts'

/** Values that are read at once. */
const BATCH = 200

/** How many values were sealed anew, and how many could not be opened and stay as they are, by table. */
export type Resealed = { readonly [table in SealedTable]: { readonly done: number; readonly unreadable: number } }

/**
 * Seals everything anew that is not sealed under the ring's key, while gateways go on working: a value that a gateway
 * changes meanwhile is left to it.
 *
 * @param progress told how many are done so far
 */
export async function resealAll(store: Store, ring: Sealer, progress: (done: number) => void): Promise<Resealed> {
  let total = 0
  const counts: Partial<Record<SealedTable, { done: number; unreadable: number }>> = {}
  for (const table of Object.keys(SEALED_PLACES) as SealedTable[]) {
    counts[table] = await resealTable(store, ring, table, () => progress(++total))
  }
  return counts as Resealed
}

async function resealTable(store: Store, ring: Sealer, table: SealedTable, count: () => void) {
  const { keyId } = ring
  let [done, unreadable, after] = [0, 0, '']
  while (true) {
    const values = await listSealedUnderOthers(store.db, table, { keyId, after, limit: BATCH })
    for (const value of values) {
      const anew = sealAnew(ring, sealPurpose(table, value.key), value.sealed)
      after = value.key
      if (anew === undefined) unreadable += 1
      else {
        await replaceSealedValue(store.db, table, value, anew)
        done += 1
        count()
      }
    }
    if (values.length < BATCH) return { done, unreadable }
  }
}

/** A value of a key that is gone opens no more: it is counted, and whoever needs it is told then. */
function sealAnew(ring: Sealer, purpose: string, sealed: string): string | undefined {
  try {
    return ring.seal(purpose, ring.open(purpose, sealed))
  } catch {
    return undefined
  }
}
