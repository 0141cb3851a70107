import type { Engine, Orm } from '../engine/contract.ts'
import { sql } from '../sql/sql-text.ts'

/** A group as refusals name it. */
export type GroupLabel = {
  /** `Administration/Settings`, in the list of a refused operation. */
  readonly inList: string
  /** `Administration / Settings`, at a refused field. */
  readonly full: string
}

/** The labels of a group by its external name; `undefined` if this version has no such group. */
export function groupLabel(orm: Orm, externalName: string): GroupLabel | undefined {
  const id = groupId(orm.engine, externalName)
  if (id === undefined) return undefined
  const full = orm.asSuperuser().names('res.groups', [id]).get(id) ?? externalName
  const cut = full.indexOf(' / ')
  // A group whose own name has a slash, `Role / User` in 19, stands as it is.
  const ownName = orm.asSuperuser().values('res.groups', [id], ['name']).get(id)?.name
  if (cut < 0 || ownName === full) return { inList: full, full }
  return { inList: orm.engine.version.say.groupInList(full.slice(0, cut), full.slice(cut + 3)), full }
}

/** The id of a group by its external name. */
export function groupId(engine: Engine, externalName: string): number | undefined {
  const row = engine.db.get(sql`SELECT group_id FROM sandbox_group WHERE name = ${externalName}`)
  return row === undefined ? undefined : Number(row.group_id)
}
