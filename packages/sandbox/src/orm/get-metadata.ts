import type { Orm } from '../engine/contract.ts'
import type { Model } from '../schema/model.ts'
import { externalIdsOf } from './external-ids.ts'
import { readRecords } from './read.ts'

/** The method `get_metadata`: who made and changed records, and their external ids (odoo 18.0 models.py). */
export function getMetadata(orm: Orm, model: Model, ids: readonly number[]): Record<string, unknown>[] {
  const logged = ['create_uid', 'create_date', 'write_uid', 'write_date'].filter((name) => model.fields.has(name))
  const named = externalIdsOf(orm, model, ids)
  return readRecords(orm, model, ids, ['id', ...logged], true).map((record) => {
    const xmlids = (named.get(Number(record.id)) ?? []).map(({ name, noupdate }) => ({ xmlid: name, noupdate }))
    const [first] = xmlids
    return { ...record, xmlid: first?.xmlid ?? false, noupdate: first?.noupdate ?? false, xmlids }
  })
}
