import type { ModelSchema } from '@odoo-gatehouse/odoo/schema'
import { LRUCache } from 'lru-cache'
import type { Clock } from '../kernel/clock.ts'

/** How long the fields of a model are believed. Milliseconds. */
const TTL_MS = 300_000

/** Models times users that are remembered. */
const ENTRIES_MAX = 5_000

type Entry = { readonly schema: Promise<ModelSchema | undefined>; readonly untilMs: number }

/**
 * The fields of models as each user sees them. Odoo trims `fields_get` by the user's groups, so that one user's answer
 * is never another's. Questions that are asked at the same time are asked of Odoo once.
 */
export class SchemaCache {
  readonly #entries = new LRUCache<string, Entry>({ max: ENTRIES_MAX })
  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** The schema, from memory or by `ask`. A failure is not remembered. */
  get(
    user: { readonly database: string; readonly uid: number },
    model: string,
    ask: () => Promise<ModelSchema | undefined>,
  ): Promise<ModelSchema | undefined> {
    const key = `${user.uid}/${model}/${user.database}`
    const nowMs = this.#clock.nowMs()
    const known = this.#entries.get(key)
    if (known !== undefined && known.untilMs > nowMs) return known.schema
    const entry: Entry = { schema: ask(), untilMs: nowMs + TTL_MS }
    this.#entries.set(key, entry)
    entry.schema.catch(() => {
      if (this.#entries.peek(key) === entry) this.#entries.delete(key)
    })
    return entry.schema
  }
}
