import type { Engine, User } from '../engine/contract.ts'
import { missingError } from '../fault/odoo-fault.ts'
import type { Database } from '../sql/database.ts'
import { listOf, type Sql, sql } from '../sql/sql-text.ts'

const cached = new WeakMap<Database, { writes: number; users: Map<number, User> }>()

/** A user with partner, companies and groups. Kept until something is written. */
export function loadUser(engine: Engine, uid: number): User {
  const { db } = engine
  const kept = cached.get(db)
  const cache = kept?.writes === db.writes ? kept : { writes: db.writes, users: new Map<number, User>() }
  cached.set(db, cache)
  const known = cache.users.get(uid)
  if (known !== undefined) return known
  const user = readUser(engine, uid)
  cache.users.set(uid, user)
  return user
}

function readUser(engine: Engine, uid: number): User {
  const { db } = engine
  const row = db.get(sql`
    SELECT u.login, u.active, u.partner_id, u.company_id, p.name, p.commercial_partner_id
    FROM res_users AS u JOIN res_partner AS p ON p.id = u.partner_id WHERE u.id = ${uid}`)
  if (row === undefined) throw missingError('res.users', [uid], uid)
  const companies = db.all(sql`SELECT cid FROM res_company_users_rel WHERE user_id = ${uid} ORDER BY cid`)
  const groups = db.all(sql`SELECT name FROM sandbox_group WHERE group_id IN (${impliedGroups(uid)})`)
  return {
    id: uid,
    name: String(row.name),
    login: String(row.login),
    active: row.active === 1,
    partnerId: Number(row.partner_id),
    commercialPartnerId: Number(row.commercial_partner_id ?? row.partner_id),
    companyId: Number(row.company_id),
    companyIds: companies.map((company) => Number(company.cid)),
    groups: new Set(groups.map((group) => String(group.name))),
  }
}

/** `SELECT id` of the user's groups and all that they imply. */
function impliedGroups(uid: number): Sql {
  return closure(sql`SELECT gid FROM res_groups_users_rel WHERE uid = ${uid}`)
}

/** `SELECT id` of the groups and all that they imply. */
export function withImplied(groups: readonly number[]): Sql {
  return closure(listOf(groups))
}

function closure(start: Sql): Sql {
  return sql`
    WITH RECURSIVE implied(id) AS (
      SELECT * FROM (${start}) UNION SELECT r.hid FROM res_groups_implied_rel AS r JOIN implied ON r.gid = implied.id
    ) SELECT id FROM implied`
}
