import type { Behaviour, Orm } from '../engine/contract.ts'
import { userError } from '../fault/odoo-fault.ts'
import { withImplied } from '../orm/load-user.ts'

/** Groups, named with their application: `Administration / Settings`. */
export const resGroups: Behaviour = {
  names: groupNames,
  beforeWrite: (_orm, _ids, values) => {
    if (typeof values.name === 'string' && values.name.startsWith('-')) {
      throw userError('The name of the group can not start with "-"')
    }
    return values
  },
  computed: {
    full_name: groupNames,
    trans_implied_ids: (orm, ids) => new Map(ids.map((id) => [id, implied(orm, id).filter((other) => other !== id)])),
    all_implied_ids: (orm, ids) => new Map(ids.map((id) => [id, implied(orm, id)])),
    all_user_ids: (orm, ids) =>
      new Map(
        ids.map((id) => [
          id,
          orm.search('res.users', [], { activeTest: false }).filter((user) => allGroupIds(orm, user).includes(id)),
        ]),
      ),
  },
}

/** The field that leads to what a group belongs to: an application until 18, a privilege from 19 on. */
const OWNER_FIELDS = ['category_id', 'privilege_id'] as const

function groupNames(orm: Orm, ids: readonly number[]): Map<number, string> {
  const model = orm.model('res.groups')
  const owner = OWNER_FIELDS.find((name) => model.fields.has(name))
  const groups = orm.values('res.groups', ids, owner === undefined ? ['name'] : ['name', owner])
  const relation = owner === undefined ? undefined : model.fields.get(owner)?.relation
  return new Map(
    [...groups].map(([id, group]) => {
      const above = owner === undefined ? undefined : group[owner]
      const name = String(group.name || '')
      if (relation === undefined || typeof above !== 'number') return [id, name]
      return [id, `${orm.names(relation, [above]).get(above)} / ${name}`]
    }),
  )
}

function implied(orm: Orm, group: number): number[] {
  return orm.engine.db.all(withImplied([group])).map((row) => Number(row.id))
}

function allGroupIds(orm: Orm, user: number): number[] {
  const list = orm.values('res.users', [user], ['all_group_ids']).get(user)?.all_group_ids
  return Array.isArray(list) ? list : []
}
