import type { Domain } from '@odoo-gatehouse/odoo/domain'
import type { OdooContext } from '@odoo-gatehouse/odoo/schema'

/** What to read of the records of one model, and what each value becomes in the answer; `id` is always there. */
export type ReadNode = {
  readonly model: string
  /** In the order of the answer. */
  readonly columns: readonly Column[]
}

/** One member of a record in the answer. */
export type Column =
  /** As Odoo writes it; an x2many as ids. */
  | { readonly kind: 'value'; readonly name: string }
  /** A many2one that is not expanded: `[id, "name"]`. */
  | {
      readonly kind: 'pair'
      readonly name: string
      /** The related model, if it has a forced domain: names of records outside it are blanked. */
      readonly guardedModel: string | undefined
    }
  /** Properties, which hold values of relations to any model; names in these models are blanked. */
  | { readonly kind: 'properties'; readonly name: string; readonly guardedModels: ReadonlySet<string> }
  | ExpandedColumn

/** A relation that is answered with the related records themselves. */
export type ExpandedColumn = {
  readonly kind: 'expanded'
  readonly name: string
  /** An x2many; else a many2one. */
  readonly many: boolean
  readonly node: ReadNode
  /**
   * `nested`: Odoo answers the related records together with the records; `batched`: one more call reads all of them,
   * because Odoo before 17 cannot nest, or because a forced domain has to leave some of them out.
   */
  readonly how: 'nested' | 'batched'
  /** Batched: what the related records have to match beside their id. */
  readonly filter: Domain
  /** x2many: at most so many; undefined: all. */
  readonly limit: number | undefined
  /** x2many: how many come in full, by the related exposure's own limit; the others as `{ id }`. */
  readonly fullMax: number
  /** x2many: as it is sent to Odoo; undefined: the order of the ids. */
  readonly order: string | undefined
}

/** What every read is made of. */
type AnyReadPlan = {
  readonly node: ReadNode
  /** Context of the caller; allow-listed keys only. */
  readonly context: OdooContext
  /** Forced domains of the models whose names are guarded (`guardedModel`), by model. */
  readonly guards: ReadonlyMap<string, Domain>
  /** Odoo takes a specification (17 and on). */
  readonly nestedReads: boolean
}

/** A page. */
export type ListPlan = AnyReadPlan & {
  readonly domain: Domain
  readonly order: string
  readonly limit: number
  readonly offset: number
  /** The cap, if the limit asked for was above it. */
  readonly limitCapped: number | undefined
  /** True if values of the caller are in the domain, so that Odoo's complaints about values are about the request. */
  readonly hasCallerDomain: boolean
}

/** Records by their ids. */
export type ByIdPlan = AnyReadPlan & {
  readonly ids: readonly number[]
  /** The forced domain that the ids have to lie in; undefined: none. */
  readonly rowFilter: Domain | undefined
}
