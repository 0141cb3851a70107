import type { RelationTable } from '../schema/model-row.ts'

/** The followers of a model's records as a relation: each pair is a record of `mail.followers` (mail_thread.py). */
export function followerRelation(model: string): RelationTable {
  return {
    table: `mail_followers_${model.replaceAll('.', '_')}`,
    left: 'res_id',
    right: 'partner_id',
    of: { table: 'mail_followers', column: 'res_model', value: model },
  }
}
