import { existingIds } from '../access/check-records.ts'
import type { Orm, Values } from '../engine/contract.ts'
import { OdooFault, valueError } from '../fault/odoo-fault.ts'
import type { Field, InverseStorage } from '../schema/field.ts'
import type { Model } from '../schema/model.ts'
import { inverseCondition } from '../sql/inverse-condition.ts'
import { identifier, type Sql, sql } from '../sql/sql-text.ts'
import { pythonText } from '../value/python-text.ts'

/**
 * Writes a list of records: Odoo's commands 0 create, 1 update, 2 delete, 3 unlink, 4 link, 5 clear, 6 set; a plain
 * list of ids is a set, `false` a clear. Anything else is Odoo's ValueError. Related records are written with the
 * rights of the user, and by their own commands in turn.
 */
export function writeList(orm: Orm, model: Model, id: number, field: Field, value: unknown): void {
  const writer = orm.model(field.relation ?? '').row.ownRightsInLists ? orm.asUser() : orm
  const list = listFor(writer, model, field)
  for (const [code, target, detail] of commandsOf(model, field, value)) {
    switch (code) {
      case 0:
        list.create(id, detail)
        break
      case 1:
        writer.write(list.target, [target], valuesOfCommand(detail))
        break
      case 2:
        writer.unlink(list.target, [target])
        break
      case 3:
        list.unlink(id, [target])
        break
      case 4:
        list.link(id, [target])
        break
      case 5:
        list.unlink(id, list.linked(id))
        break
      case 6: {
        const wanted = Array.isArray(detail) ? detail.map(Number) : []
        const linked = list.linked(id)
        list.unlink(
          id,
          linked.filter((old) => !wanted.includes(old)),
        )
        list.link(
          id,
          wanted.filter((one) => !linked.includes(one)),
        )
        break
      }
      default:
        throw wrongValue(model, field, value)
    }
  }
}

/** What one kind of list does with its records. */
type List = {
  readonly target: string
  linked(id: number): number[]
  create(id: number, values: unknown): void
  link(id: number, targets: readonly number[]): void
  unlink(id: number, targets: readonly number[]): void
}

function listFor(orm: Orm, model: Model, field: Field): List {
  const target = orm.model(field.relation ?? '')
  const { storage } = field
  if (storage.kind === 'relation') return relationList(orm, target, storage)
  if (storage.kind === 'inverse') return inverseList(orm, model, target, storage)
  throw new TypeError(`${model.name}.${field.name} is no list that could be written`)
}

type Relation = { readonly table: string; readonly left: string; readonly right: string }

function relationList(orm: Orm, target: Model, { table, left, right }: Relation): List {
  const [name, here, there]: [Sql, Sql, Sql] = [identifier(table), identifier(left), identifier(right)]
  const { db, version } = orm.engine
  const linked = (id: number): number[] =>
    db.all(sql`SELECT ${there} AS "id" FROM ${name} WHERE ${here} = ${id}`).map((row) => Number(row.id))
  const link = (id: number, targets: readonly number[]): void => {
    const existing = existingIds(orm, target, targets)
    if (targets.some((one) => !existing.has(one))) {
      throw new OdooFault(
        'odoo.exceptions.ValidationError',
        version.say.relationTargetMissing(`${table}_${right}_fkey`),
      )
    }
    for (const one of targets) db.run(sql`INSERT OR IGNORE INTO ${name} (${here}, ${there}) VALUES (${id}, ${one})`)
  }
  return {
    target: target.name,
    linked,
    link,
    create: (id, values) => link(id, [orm.create(target.name, valuesOfCommand(values))]),
    unlink(id, targets) {
      for (const one of targets) db.run(sql`DELETE FROM ${name} WHERE ${here} = ${id} AND ${there} = ${one}`)
    },
  }
}

function inverseList(orm: Orm, model: Model, target: Model, storage: InverseStorage): List {
  const { inverse, modelField } = storage
  const owner = (id: number): Values => ({
    [inverse]: id,
    ...(modelField === undefined ? {} : { [modelField]: model.name }),
  })
  const back = identifier(inverse)
  return {
    target: target.name,
    linked: (id) =>
      orm.engine.db
        .all(sql`SELECT "id" FROM ${identifier(target.table)} WHERE ${back} = ${id}${inverseCondition(model, storage)}`)
        .map((row) => Number(row.id)),
    create: (id, values) => void orm.create(target.name, { ...valuesOfCommand(values), ...owner(id) }),
    link: (id, targets) => {
      if (targets.length > 0) orm.write(target.name, targets, owner(id))
    },
    // A record that cannot be without its owner goes with the link (odoo 18.0 fields.py, One2many.write_real).
    unlink: (_id, targets) => {
      if (targets.length === 0) return
      const bound = target.fields.get(inverse)?.required === true || target.row.onDelete?.[inverse] === 'cascade'
      if (bound) orm.unlink(target.name, targets)
      else orm.write(target.name, targets, { [inverse]: false })
    },
  }
}

type Command = readonly [code: number, target: number, detail: unknown]

function commandsOf(model: Model, field: Field, value: unknown): Command[] {
  if (value === false || value === null) return [[5, 0, undefined]]
  if (!Array.isArray(value)) throw wrongValue(model, field, value)
  if (value.length > 0 && value.every((item) => typeof item === 'number')) return [[6, 0, value]]
  return value.map((item): Command => {
    if (!Array.isArray(item) || typeof item[0] !== 'number') throw wrongValue(model, field, value)
    return [item[0], Number(item[1]), item[2]]
  })
}

function valuesOfCommand(detail: unknown): Values {
  return typeof detail === 'object' && detail !== null && !Array.isArray(detail) ? (detail as Values) : {}
}

function wrongValue(model: Model, field: Field, value: unknown): OdooFault {
  return valueError(`Wrong value for ${model.name}.${field.name}: ${pythonText(value)}`)
}
