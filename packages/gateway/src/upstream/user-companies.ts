import { OdooFault } from '@odoo-gatehouse/odoo/client'
import { LRUCache } from 'lru-cache'
import type { Clock } from '../kernel/clock.ts'

/** How long the company of a user is believed: who moves to another one sees its records after so long. Milliseconds. */
const TTL_MS = 60_000

/** Users that are remembered. */
const ENTRIES_MAX = 10_000

type User = { readonly database: string; readonly uid: number }

type Entry = { readonly companyId: Promise<number | undefined>; readonly untilMs: number }

/** Reads `company_id` of the user's own `res.users`, which every user may read (odoo 18.0: SELF_READABLE_FIELDS). */
type AskCompany = (uid: number) => Promise<unknown>

/** The current company of each user, as Odoo tells it. Questions that are asked at the same time are asked once. */
export class UserCompanies {
  readonly #entries = new LRUCache<string, Entry>({ max: ENTRIES_MAX })
  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** The company, from memory or by `ask`; undefined where Odoo does not tell. A failure is not remembered. */
  get({ database, uid }: User, ask: AskCompany): Promise<number | undefined> {
    const key = `${uid}/${database}`
    const nowMs = this.#clock.nowMs()
    const known = this.#entries.get(key)
    if (known !== undefined && known.untilMs > nowMs) return known.companyId
    const entry: Entry = { companyId: read(uid, ask), untilMs: nowMs + TTL_MS }
    this.#entries.set(key, entry)
    entry.companyId.catch(() => {
      if (this.#entries.peek(key) === entry) this.#entries.delete(key)
    })
    return entry.companyId
  }
}

async function read(uid: number, ask: AskCompany): Promise<number | undefined> {
  try {
    return companyIn(await ask(uid))
  } catch (error) {
    if (error instanceof OdooFault && error.exception === 'AccessError') return undefined
    throw error
  }
}

/** The answer is a list of one record, whose company is `[id, name]`. */
function companyIn(answer: unknown): number | undefined {
  const record: unknown = Array.isArray(answer) ? answer[0] : undefined
  if (typeof record !== 'object' || record === null || !('company_id' in record)) return undefined
  const company: unknown = Array.isArray(record.company_id) ? record.company_id[0] : record.company_id
  return typeof company === 'number' && Number.isSafeInteger(company) && company > 0 ? company : undefined
}
