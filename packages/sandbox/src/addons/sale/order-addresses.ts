import type { Orm } from '../../engine/contract.ts'

/**
 * Where a customer is billed and where goods go: the nearest contact of that kind below the partner or the company above
 * it, else the partner itself (odoo 18.0 res_partner.py, address_get).
 */
export function addressesOf(orm: Orm, partner: number): { invoice: number; delivery: number } {
  const found = new Map<string, number>()
  const seen = new Set<number>()
  let here: number | undefined = partner
  while (here !== undefined && !(found.has('invoice') && found.has('delivery'))) {
    scan(orm, here, seen, found)
    here = above(orm, here)
  }
  const usual = found.get('contact') ?? partner
  return { invoice: found.get('invoice') ?? usual, delivery: found.get('delivery') ?? usual }
}

/** Looks at a record and those below it, nearer ones first; a company below has addresses of its own. */
function scan(orm: Orm, start: number, seen: Set<number>, found: Map<string, number>): void {
  const waiting = [start]
  for (const id of waiting) {
    if (seen.has(id)) continue
    seen.add(id)
    const record = orm.values('res.partner', [id], ['type', 'child_ids']).get(id)
    const type = String(record?.type || '')
    if (['contact', 'invoice', 'delivery'].includes(type) && !found.has(type)) found.set(type, id)
    const children: number[] = Array.isArray(record?.child_ids) ? record.child_ids : []
    const records = orm.values('res.partner', children, ['is_company'])
    waiting.push(...children.filter((child) => !records.get(child)?.is_company))
  }
}

function above(orm: Orm, id: number): number | undefined {
  const record = orm.values('res.partner', [id], ['is_company', 'parent_id']).get(id)
  return record?.is_company || typeof record?.parent_id !== 'number' ? undefined : record.parent_id
}
