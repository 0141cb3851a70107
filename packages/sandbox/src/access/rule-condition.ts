import { parseCondition } from '../domain/parse-condition.ts'
import { type Condition, EVERYTHING, join } from '../engine/condition.ts'
import type { Operation, Orm, User } from '../engine/contract.ts'
import type { RecordRule, RuleScope } from '../engine/rights.ts'

/**
 * What the record rules leave to the user for an operation; everything for the superuser. A model that inherits from
 * another has its rules as well (odoo 18.0 ir_rule.py, _compute_domain).
 */
export function ruleCondition(orm: Orm, model: string, operation: Operation): Condition {
  if (orm.superuser) return EVERYTHING
  const inherits = orm.engine.schema.models.get(model)?.row.inherits
  const inherited =
    inherits === undefined ? EVERYTHING : below(inherits.field, ruleCondition(orm, inherits.model, operation))
  const rules = rulesFor(orm, model, operation)
  if (rules.length === 0) return inherited
  const scope = ruleScope(orm)
  // Odoo's own rules compare lists with a single value, which `search` refuses until 18.
  const dialect = { ...orm.engine.version.domain, lenient: true }
  const read = (rule: RecordRule): Condition => parseCondition(rule.domain(scope), dialect)
  const forAll = rules.filter((rule) => rule.groups.length === 0).map(read)
  const forGroups = rules.filter((rule) => rule.groups.length > 0).map(read)
  return all([inherited, ...forAll, either(forGroups)])
}

/** All of the conditions; those that always hold are left out. */
function all(conditions: readonly Condition[]): Condition {
  const [first, ...others] = conditions.filter((condition) => !holdsAlways(condition))
  return first === undefined ? EVERYTHING : others.reduce((left, right) => join('all', left, right), first)
}

/** One of the conditions; none at all restricts nothing. */
function either(conditions: readonly Condition[]): Condition {
  const [first, ...others] = conditions
  if (first === undefined || conditions.some(holdsAlways)) return EVERYTHING
  return others.reduce((left, right) => join('either', left, right), first)
}

function holdsAlways(condition: Condition): boolean {
  return condition.kind === 'constant' && condition.holds
}

/** The rules that count for the user: those of everybody, and those of the user's groups. */
function rulesFor(orm: Orm, model: string, operation: Operation): readonly RecordRule[] {
  const rules = orm.engine.rules.get(model)
  if (rules === undefined || rules.length === 0) return []
  const { groups } = orm.user()
  return rules.filter(
    (rule) =>
      rule.for.includes(operation) && (rule.groups.length === 0 || rule.groups.some((group) => groups.has(group))),
  )
}

/** What a rule's domain is written with, for this user. */
function ruleScope(orm: Orm): RuleScope {
  const user = orm.user()
  const companyIds = orm.companyIds()
  return {
    uid: user.id,
    partnerId: user.partnerId,
    commercialPartnerId: user.commercialPartnerId,
    companyIds,
    named: (name) => {
      const value = NAMES[name]
      if (value === undefined) throw new TypeError(`A record rule asks for ${name}`)
      return value(user, companyIds, orm)
    },
  }
}

type NamedValue = (user: User, companyIds: readonly number[], orm: Orm) => unknown

/** The names that Odoo's own rules use (odoo 18.0 ir_rule.py, _eval_context). */
const NAMES: Readonly<Record<string, NamedValue>> = {
  'user.id': ({ id }) => id,
  'user.ids': ({ id }) => [id],
  'user.partner_id.id': ({ partnerId }) => partnerId,
  'user.commercial_partner_id.id': ({ commercialPartnerId }) => commercialPartnerId,
  'user.partner_id.commercial_partner_id.id': ({ commercialPartnerId }) => commercialPartnerId,
  'user.company_id.id': ({ companyId }) => companyId,
  'user.groups_id.ids': (user, _companies, orm) => groupIds(orm, user),
  'user.all_group_ids.ids': (user, _companies, orm) => groupIds(orm, user),
  company_ids: (_user, companyIds) => [...companyIds],
  company_id: (_user, [companyId]) => companyId,
}

function groupIds(orm: Orm, user: User): unknown {
  const all = orm.asSuperuser()
  const field = all.model('res.users').fields.has('all_group_ids') ? 'all_group_ids' : 'groups_id'
  return all.values('res.users', [user.id], [field]).get(user.id)?.[field] ?? []
}

/** The condition on the record that a many2one leads to. */
function below(field: string, condition: Condition): Condition {
  switch (condition.kind) {
    case 'constant':
      return condition
    case 'term':
      return { ...condition, path: `${field}.${condition.path}` }
    case 'not':
      return { kind: 'not', part: below(field, condition.part) }
    default:
      return { ...condition, parts: condition.parts.map((part) => below(field, part)) }
  }
}
