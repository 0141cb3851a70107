import type { Domain } from '@odoo-gatehouse/odoo/domain'
import { recordErrors } from './errors.ts'
import type { Place } from './planning.ts'
import type { IdCheck } from './write-plan.ts'

/** The most records that one request may write, those of x2many commands included. */
const RECORDS_MAX = 1000

/** How deep values may hold values: a record, its lines, their lines, and once more. */
const DEPTH_MAX = 4

/** What the planner of a write takes down while it walks through values and commands. */
export class WriteNotes {
  readonly unsetRequired = new Set<string>()
  readonly #checks = new Map<string, { readonly ids: Set<number>; readonly domain: Domain }>()
  #records = 0

  /** Ids of a model that the write touches or points to; they have to lie in its forced domain, if it has one. */
  expectInside({ schema, rowFilter }: Pick<Place, 'schema' | 'rowFilter'>, ids: readonly number[]): void {
    if (rowFilter !== undefined) this.expect(schema.model, rowFilter, ids)
  }

  /** The same for a model that is pointed to only, so that nothing but its forced domain is known. */
  expect(model: string, domain: Domain, ids: readonly number[]): void {
    if (ids.length === 0) return
    const check = this.#checks.get(model) ?? { ids: new Set(), domain }
    for (const id of ids) check.ids.add(id)
    this.#checks.set(model, check)
  }

  /** @throws GatehouseError `values.too_many` */
  countRecords(count: number): void {
    this.#records += count
    if (this.#records > RECORDS_MAX) {
      throw recordErrors['values.too_many']({ message: `The request writes more than ${RECORDS_MAX} records.` })
    }
  }

  /** @throws GatehouseError `values.too_deep` */
  checkDepth(depth: number): void {
    if (depth <= DEPTH_MAX) return
    throw recordErrors['values.too_deep']({ message: `Related records are nested deeper than ${DEPTH_MAX} levels.` })
  }

  /** One search for each model. */
  get checks(): readonly IdCheck[] {
    return [...this.#checks].map(([model, { ids, domain }]) => ({ model, ids: [...ids], domain }))
  }
}
