import type { Orm } from '../engine/contract.ts'

/** Refuses a record that is above itself. */
export function checkNoLoop(orm: Orm, model: string, ids: readonly number[], refusal: Error): void {
  const { parentField } = orm.model(model)
  for (const id of ids) {
    const seen = new Set<number>()
    let here: unknown = id
    while (typeof here === 'number') {
      if (seen.has(here)) throw refusal
      seen.add(here)
      here = orm.values(model, [here], [parentField]).get(here)?.[parentField]
    }
  }
}

/** Names with the names above in front: `Vendor / Desk Manufacturers`. */
export function pathNames(
  orm: Orm,
  model: string,
  ids: readonly number[],
  recName = orm.model(model).recName,
): Map<number, string> {
  const { parentField } = orm.model(model)
  const names = new Map<number, string>()
  for (const id of ids) {
    const path: string[] = []
    const seen = new Set<number>()
    let here: unknown = id
    while (typeof here === 'number' && !seen.has(here)) {
      seen.add(here)
      const record = orm.values(model, [here], [parentField, recName]).get(here)
      path.unshift(String(record?.[recName] || ''))
      here = record?.[parentField]
    }
    names.set(id, path.join(' / '))
  }
  return names
}

/** The path of ids that Odoo keeps for quick searches, `1/7/`, for these records and all below them. */
export function derivePaths(orm: Orm, model: string, ids: readonly number[]): void {
  const { parentField } = orm.model(model)
  const below = orm.search(model, [['id', 'child_of', ids]], { activeTest: false, order: 'id' })
  for (const id of below) {
    const path: number[] = []
    let here: unknown = id
    while (typeof here === 'number' && !path.includes(here)) {
      path.unshift(here)
      here = orm.values(model, [here], [parentField]).get(here)?.[parentField]
    }
    orm.store(model, id, { parent_path: `${path.join('/')}/` })
  }
}
