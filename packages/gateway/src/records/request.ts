import type { Domain } from '@odoo-gatehouse/odoo/domain'
import type { JsonObject } from '../kernel/json.ts'

/** The keys of Odoo's context that a caller may set; everything else (`default_*`, …) has no place to stand. */
export type RecordContext = {
  /** A language code of Odoo, such as `fr_BE`. */
  readonly lang?: string
  /** An IANA time zone. */
  readonly tz?: string
  /** The companies to work in; the first is the current one. */
  readonly allowedCompanyIds?: readonly number[]
  /** False: archived records are found too. */
  readonly activeTest?: boolean
  /** True: binary fields come as their size. */
  readonly binSize?: boolean
}

/** What to answer instead of ids, by relational field; at most three levels. */
export type ExpandRequest = {
  readonly [field: string]: {
    /** Fields of the related records beside `id`. */
    readonly fields: readonly string[]
    readonly expand?: ExpandRequest
    /** x2many only: at most so many records, 1 to 500. */
    readonly limit?: number
    /** x2many only; see `parseOrder`. */
    readonly order?: string
  }
}

/** Which fields to answer with. */
export type AnswerRequest = {
  /** Undefined: `id`, `display_name` and the default fields of the exposure. */
  readonly fields?: readonly string[]
  readonly expand?: ExpandRequest
  readonly context?: RecordContext
}

/** A page of a model's records. */
export type ListRequest = AnswerRequest & {
  readonly model: string
  /** Only these records; those that the caller cannot see are left out. */
  readonly ids?: readonly number[]
  readonly domain?: Domain
  /** `name desc, id`; whatever is asked, `id` comes last. */
  readonly order?: string
  /** At least 1, default 80; above the exposure's limit it is cut down to that. */
  readonly limit?: number
  /** At least 0, default 0. */
  readonly offset?: number
  /** A page from 1, counted in limits after the cap; instead of `offset`. */
  readonly page?: number
}

/** One record. */
export type OneRequest = AnswerRequest & { readonly model: string; readonly id: number }

/** A new record. */
export type CreateRequest = AnswerRequest & { readonly model: string; readonly values: JsonObject }

/** Several new records, all or none. */
export type CreateManyRequest = AnswerRequest & { readonly model: string; readonly values: readonly JsonObject[] }

/** New values for records, all or none. */
export type UpdateRequest = AnswerRequest & {
  readonly model: string
  readonly ids: readonly number[]
  readonly values: JsonObject
}

/** Records to delete, all or none. */
export type RemoveRequest = {
  readonly model: string
  readonly ids: readonly number[]
  readonly context?: RecordContext
}
