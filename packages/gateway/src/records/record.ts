import type { JsonValue } from '../kernel/json.ts'

/**
 * A record as Odoo writes it: `[id, "name"]` for a many2one, ids for an x2many, `false` for unset; an expanded many2one
 * is an object, an expanded x2many a list of objects. `id` is always there.
 */
export type OdooRecord = { readonly id: number; readonly [field: string]: JsonValue }

/** A page of records. `total` counts every match, not only this page. */
export type RecordPage = {
  readonly records: readonly OdooRecord[]
  readonly total: number
  /** The limit that was used, after the cap. */
  readonly limit: number
  readonly offset: number
  /** The cap, if the limit asked for was above it; told to the client as `X-Limit-Capped`. */
  readonly limitCapped?: number
}
