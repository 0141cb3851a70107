import { type Condition, EVERYTHING, join } from '../domain/condition.ts'
import { parseCondition } from '../domain/parse-condition.ts'
import type { Operation, Orm } from '../engine/contract.ts'
import type { RecordRule, RuleScope } from './record-rules.ts'

/** What the record rules leave to the user for an operation; everything for the superuser. */
export function ruleCondition(orm: Orm, model: string, operation: Operation): Condition {
  if (orm.superuser) return EVERYTHING
  const rules = (orm.engine.rules.get(model) ?? []).filter((rule) => rule.for.includes(operation))
  if (rules.length === 0) return EVERYTHING
  const user = orm.user()
  const scope: RuleScope = {
    uid: user.id,
    partnerId: user.partnerId,
    commercialPartnerId: user.commercialPartnerId,
    companyIds: orm.companyIds(),
  }
  const read = (rule: RecordRule): Condition => parseCondition(rule.domain(scope), orm.engine.version.domain)
  const forAll = rules.filter((rule) => rule.groups.length === 0).map(read)
  const forGroups = rules.filter((rule) => rule.groups.some((group) => user.groups.has(group))).map(read)
  const [first, ...others] = forGroups
  const either = first === undefined ? EVERYTHING : others.reduce((left, right) => join('either', left, right), first)
  return forAll.reduce((left, right) => join('all', left, right), either)
}
