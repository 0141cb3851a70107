import type { Behaviour } from '../engine/contract.ts'
import { userError } from '../fault/odoo-fault.ts'
import { checkNoLoop, derivePaths, pathNames } from './hierarchy.ts'
import { randomColor } from './random-color.ts'

/** Tags of contacts, which stand below one another. */
export const resPartnerCategory: Behaviour = {
  names: (orm, ids) => pathNames(orm, 'res.partner.category', ids),
  defaults: { color: randomColor },
  derived: [{ when: ['parent_id'], run: (orm, ids) => derivePaths(orm, 'res.partner.category', ids) }],
  checked: [
    {
      when: ['parent_id'],
      run: (orm, ids) => checkNoLoop(orm, 'res.partner.category', ids, userError('Recursion Detected.')),
    },
  ],
}
