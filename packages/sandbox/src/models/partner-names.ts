import type { Orm } from '../engine/contract.ts'
import { identifier, listOf, sql } from '../sql/sql-text.ts'

/**
 * Works out what the names of partners hang on, for these records and all below them: the commercial entity (the
 * company at the top, or the record itself), its name, and the complete name, `Azure Interior, Brandon Freeman`.
 *
 * Source: odoo 18.0 res_partner.py, _compute_commercial_partner, _get_complete_name.
 */
export function deriveNames(orm: Orm, ids: readonly number[]): void {
  const table = identifier('res_partner')
  // UNION over ids alone ends a loop of parents, which the check that follows refuses.
  const family = orm.engine.db.all(sql`
    WITH RECURSIVE below(id) AS (
      SELECT "id" FROM ${table} WHERE "id" IN ${listOf(ids)}
      UNION SELECT p."id" FROM ${table} AS p JOIN below ON p.parent_id = below.id
    ) SELECT p."id" AS "id", p.parent_id AS "above" FROM ${table} AS p JOIN below ON below.id = p."id"`)
  const above = new Map(family.map((row) => [Number(row.id), row.above === null ? undefined : Number(row.above)]))
  for (const id of fromTheTop(above)) deriveName(orm, id)
}

/** The ids with every record behind the one above it. Records of a loop are left out: none of them is the first. */
function fromTheTop(above: ReadonlyMap<number, number | undefined>): number[] {
  const below = new Map<number, number[]>()
  const ordered: number[] = []
  for (const [id, parent] of above) {
    if (parent === undefined || !above.has(parent)) ordered.push(id)
    else addTo(below, parent, id)
  }
  // The list grows while it is walked.
  for (const id of ordered) for (const child of below.get(id) ?? []) ordered.push(child)
  return ordered
}

function addTo(below: Map<number, number[]>, parent: number, id: number): void {
  const children = below.get(parent)
  if (children === undefined) below.set(parent, [id])
  else children.push(id)
}

function deriveName(orm: Orm, id: number): void {
  const row = orm.engine.db.get(sql`
    SELECT p.name, p.is_company, p.parent_id, p.company_name, p.type, up.name AS parent_name,
      up.commercial_partner_id AS above, top.name AS above_name, top.is_company AS above_is_company
    FROM res_partner AS p
    LEFT JOIN res_partner AS up ON up.id = p.parent_id
    LEFT JOIN res_partner AS top ON top.id = up.commercial_partner_id
    WHERE p.id = ${id}`)
  if (row === undefined) return
  const own = row.is_company === 1 || row.parent_id === null
  const companyOwner = own ? row.is_company === 1 : row.above_is_company === 1
  const company = companyOwner ? (own ? row.name : row.above_name) : row.company_name
  let complete = String(row.name ?? '')
  if (row.company_name || row.parent_id !== null) {
    if (complete === '') complete = typeLabel(orm, String(row.type))
    if (row.is_company !== 1) complete = `${company ?? row.parent_name ?? ''}, ${complete}`
  }
  orm.store('res.partner', id, {
    commercial_partner_id: own ? id : (row.above ?? null),
    commercial_company_name: company || null,
    complete_name: complete.trim(),
  })
}

/** What an address without a name is called: by its kind, as the choices of the field have it. */
function typeLabel(orm: Orm, type: string): string {
  if (type === 'contact') return ''
  const choices = orm.model('res.partner').fields.get('type')?.selection ?? []
  return choices.find(([value]) => value === type)?.[1] ?? ''
}
