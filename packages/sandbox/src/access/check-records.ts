import { parseCondition } from '../domain/parse-condition.ts'
import type { Operation, Orm, Values } from '../engine/contract.ts'
import { accessError, missingError } from '../fault/odoo-fault.ts'
import type { Model } from '../schema/model.ts'
import { identifier, listOf, sql } from '../sql/sql-text.ts'
import { checkModel } from './check-model.ts'
import { matchingIds } from './matching.ts'
import { ruleCondition } from './rule-condition.ts'

/**
 * Refuses an operation on records: first by the rights on the model, then by the rules; a record that does not exist
 * is told only when none of the others is hidden (odoo 18.0 models.py, check_access).
 */
export function checkRecords(
  orm: Orm,
  model: Model,
  ids: readonly number[],
  operation: Operation,
  values: Values = {},
): void {
  checkGuard(orm, model, operation, ids, values)
  checkModel(orm, model, operation)
  const real = ids.filter((id) => id !== 0)
  const existing = existingIds(orm, model, real)
  checkRules(orm, model, [...existing], operation)
  const missing = real.filter((id) => !existing.has(id))
  if (missing.length > 0) throw missingError(model.name, missing, orm.uid)
}

/**
 * The same for a change: what does not exist is told only where rules are asked about the records, and left alone where
 * they are not. Answers the records that exist.
 */
export function checkChange(
  orm: Orm,
  model: Model,
  ids: readonly number[],
  operation: 'write' | 'unlink',
  values: Values = {},
): number[] {
  const rule = ruleCondition(orm, model.name, operation)
  if (!orm.superuser && !(rule.kind === 'constant' && rule.holds)) checkRecords(orm, model, ids, operation, values)
  else {
    checkGuard(orm, model, operation, ids, values)
    checkModel(orm, model, operation)
  }
  const existing = existingIds(orm, model, ids)
  return ids.filter((id) => existing.has(id))
}

/** Refuses what the model itself keeps from the user, besides rights and rules. */
export function checkGuard(
  orm: Orm,
  model: Model,
  operation: Operation,
  ids: readonly number[],
  values: Values = {},
): void {
  if (!orm.superuser) orm.engine.behaviours[model.name]?.guarded?.(orm, operation, ids, values)
}

/** Refuses records that the rules hide, of those that exist. */
export function checkRules(orm: Orm, model: Model, ids: readonly number[], operation: Operation): void {
  if (orm.superuser || ids.length === 0) return
  const rule = ruleCondition(orm, model.name, operation)
  if (rule.kind === 'constant' && rule.holds) return
  // Asked for what is hidden: that is mostly nothing, where what is not would be every record.
  if (matchingIds(orm, model, ids, { kind: 'not', part: rule }).length > 0) throw hiddenRecords(orm, model, operation)
}

/** Which of the ids are there, whoever asks. */
export function existingIds(orm: Orm, model: Model, ids: readonly number[]): Set<number> {
  if (ids.length === 0) return new Set()
  const found = orm.engine.db.all(sql`SELECT "id" FROM ${identifier(model.table)} WHERE "id" IN ${listOf(ids)}`)
  return new Set(found.map((row) => Number(row.id)))
}

/** The ids that the user may do it with, of those that exist. */
export function permittedIds(orm: Orm, model: Model, ids: readonly number[], operation: Operation): number[] {
  if (ids.length === 0) return []
  const rule = orm.superuser ? parseCondition([], orm.engine.version.domain) : ruleCondition(orm, model.name, operation)
  return matchingIds(orm, model, ids, rule)
}

/** The refusal of records that are there and hidden from the user (odoo 18.0 ir_rule.py, _make_access_error). */
export function hiddenRecords(orm: Orm, model: Model, operation: Operation): Error {
  return accessError(
    'Uh-oh! Looks like you have stumbled upon some top-secret records.\n\n' +
      `Sorry, ${orm.user().name} (id=${orm.uid}) doesn't have '${operation}' access to:\n` +
      `- ${model.label} (${model.name})\n\n` +
      'If you really, really need access, perhaps you can win over your friendly administrator ' +
      'with a batch of freshly baked cookies.',
  )
}
