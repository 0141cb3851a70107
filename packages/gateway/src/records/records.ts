import type { OdooRecord, RecordPage } from './record.ts'
import type {
  CreateManyRequest,
  CreateRequest,
  ListRequest,
  OneRequest,
  RemoveRequest,
  UpdateRequest,
} from './request.ts'
import type { RecordsContext } from './upstream.ts'

/**
 * Reads and writes records of Odoo within the bounds of an API. Every surface goes through here; there is no other way
 * to Odoo's records. All throw GatehouseError: codes of `policy/errors.ts`, `records/errors.ts` and
 * `upstream/odoo-errors.ts`.
 */
export type Records = {
  /** A page, with the number of all matches. */
  list(context: RecordsContext, request: ListRequest): Promise<RecordPage>
  /** One record; `record.missing` (404) if there is none in the caller's part of the model. */
  one(context: RecordsContext, request: OneRequest): Promise<OdooRecord>
  /** A new record, as it reads afterwards. */
  create(context: RecordsContext, request: CreateRequest): Promise<{ readonly id: number; readonly record: OdooRecord }>
  /** New records in the order of their values, all or none. */
  createMany(context: RecordsContext, request: CreateManyRequest): Promise<readonly OdooRecord[]>
  /** The records with their new values, in the order of the ids; `record.missing` (404) if one is not there. */
  update(context: RecordsContext, request: UpdateRequest): Promise<readonly OdooRecord[]>
  /** Deletes all or none; `record.missing` (404) if one is not there. */
  remove(context: RecordsContext, request: RemoveRequest): Promise<{ readonly ids: readonly number[] }>
}
