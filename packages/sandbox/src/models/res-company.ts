import type { Behaviour } from '../engine/contract.ts'
import { COMPANY_BUTTONS } from './buttons/people-buttons.ts'
import { checkNames, guardCompany, refuseCopy, requireName } from './company-rules.ts'
import { derivePaths } from './hierarchy.ts'

/** Companies. Name and address are those of the partner that stands for the company. */
export const resCompany: Behaviour = {
  computed: {
    parent_ids: (orm, ids) =>
      new Map(ids.map((id) => [id, orm.search('res.company', [['id', 'parent_of', id]], { activeTest: false })])),
    root_id: (orm, ids) =>
      new Map(
        [...orm.values('res.company', ids, ['parent_path'])].map(([id, { parent_path: path }]) => [
          id,
          Number(String(path).split('/')[0]) || id,
        ]),
      ),
    is_company_details_empty: (orm, ids) =>
      new Map(
        [...orm.values('res.company', ids, ['company_details'])].map(([id, record]) => [id, !record.company_details]),
      ),
  },
  beforeCreate: (orm, values) => {
    if (values.partner_id) return values
    requireName(orm, values)
    return { ...values, partner_id: orm.asSuperuser().create('res.partner', { name: values.name, is_company: true }) }
  },
  derived: [{ when: ['parent_id'], run: (orm, ids) => derivePaths(orm, 'res.company', ids) }],
  beforeWrite: guardCompany,
  checked: [{ when: ['name'], run: checkNames }],
  methods: [...COMPANY_BUTTONS, { name: 'copy', on: 'records', params: ['default?'], run: refuseCopy }],
}
