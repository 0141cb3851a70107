import { checkRules, existingIds } from '../access/check-records.ts'
import type { Orm } from '../engine/contract.ts'
import { IntegrityFault } from '../fault/integrity-fault.ts'
import { missingError } from '../fault/odoo-fault.ts'
import type { Field } from '../schema/field.ts'
import type { Model } from '../schema/model.ts'
import type { SqlValue } from '../sql/sql-text.ts'
import type { FieldName } from '../version/sentences.ts'

/** Refuses many2one values that lead to no record; PostgreSQL's foreign key, or Odoo's own look at the record. */
export function checkTargets(orm: Orm, model: Model, columns: Readonly<Record<string, SqlValue>>): void {
  const { version } = orm.engine
  for (const [name, value] of Object.entries(columns)) {
    const field = model.fields.get(name)
    if (field?.type !== 'many2one' || typeof value !== 'number') continue
    const target = orm.model(field.relation ?? '')
    const reads = model.row.readsTargetOf?.includes(name) || version.readsTargetOf[model.name]?.includes(name)
    if (existingIds(orm, target, [value]).has(value)) {
      if (reads) checkRules(orm, target, [value], 'read')
    } else if (reads) {
      throw missingError(target.name, [value], orm.uid)
    } else throw new IntegrityFault(version.say.recordInUse(nameOfField(model, field)), { kind: 'target', field: name })
  }
}

/** Refuses required columns without a value. `''` is a value. */
export function checkRequired(orm: Orm, model: Model, columns: Readonly<Record<string, SqlValue>>): void {
  for (const [name, value] of Object.entries(columns)) {
    const field = model.fields.get(name)
    if (field?.required && value === null) {
      const sentence = orm.engine.version.say.requiredUnset(nameOfField(model, field))
      throw new IntegrityFault(sentence, { kind: 'required', field: name })
    }
  }
}

/** A field with the names that the constraint sentences need. */
export function nameOfField(model: Model, field: Field): FieldName {
  return {
    model: model.name,
    modelLabel: model.label,
    field: field.name,
    fieldLabel: field.label,
    constraint: `${model.table}_${field.name}_fkey`,
  }
}
