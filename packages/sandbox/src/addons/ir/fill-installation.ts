import { groupId } from '../../access/group-names.ts'
import type { Engine } from '../../engine/contract.ts'
import type { InstalledModel } from '../../schema/installation.ts'
import { readSections } from '../../schema/read-facts.ts'
import type { NewRow } from '../../sql/insert-rows.ts'
import { sql } from '../../sql/sql-text.ts'
import { describeFields, modulesOfField } from './describe-fields.ts'
import { insertAll, linkAll } from './insert-all.ts'

/**
 * Fills the models that tell of the installation itself, from what the sandbox knows anyway: models and fields from its
 * schema, rights and rules from its tables, external names from the file that has them. Part of the caller's transaction.
 */
export function fillInstallation(engine: Engine): void {
  const { installation } = engine
  insertAll(engine, 'ir.model', installation.map(modelRow))
  describeFields(engine)
  insertAll(
    engine,
    'ir.model.access',
    installation.flatMap((model) => accessRows(engine, model)),
  )
  insertAll(engine, 'ir.rule', installation.flatMap(ruleRows))
  linkAll(engine, RULE_GROUPS, ruleGroups(engine))
  fillNames(engine)
}

/** The table of the groups that a rule is for. */
export const RULE_GROUPS = { table: 'rule_group_rel', left: 'rule_group_id', right: 'group_id' } as const

function modelRow({ model, number, label, order, transient, abstract, traits = '' }: InstalledModel): NewRow {
  return {
    id: number,
    name: label,
    model,
    order,
    info: null,
    state: 'base',
    transient: transient ? 1 : 0,
    abstract: abstract ? 1 : 0,
    is_mail_thread: traits.includes('t') ? 1 : 0,
    is_mail_activity: traits.includes('a') ? 1 : 0,
    is_mail_blacklist: traits.includes('b') ? 1 : 0,
  }
}

function accessRows(engine: Engine, { number, access }: InstalledModel): NewRow[] {
  return access.map((right) => ({
    id: right.access,
    name: right.name,
    active: right.active === false ? 0 : 1,
    model_id: number,
    group_id: right.group === null ? null : (groupId(engine, right.group) ?? null),
    ...operations(right.may),
  }))
}

function ruleRows({ number, rules }: InstalledModel): NewRow[] {
  return rules.map((rule) => ({
    id: rule.rule,
    name: rule.name || null,
    active: rule.active === false ? 0 : 1,
    model_id: number,
    domain_force: rule.domain || null,
    global: rule.groups.length === 0 ? 1 : 0,
    ...operations(rule.may),
  }))
}

function operations(may: string): NewRow {
  return {
    perm_read: may.includes('r') ? 1 : 0,
    perm_write: may.includes('w') ? 1 : 0,
    perm_create: may.includes('c') ? 1 : 0,
    perm_unlink: may.includes('u') ? 1 : 0,
  }
}

function ruleGroups(engine: Engine): [number, number][] {
  return engine.installation.flatMap(({ rules }) =>
    rules.flatMap(({ rule, groups }) =>
      groups.flatMap((group): [number, number][] => {
        const id = groupId(engine, group)
        return id === undefined ? [] : [[rule, id]]
      }),
    ),
  )
}

/** The external names: of records from the file, of models and rights as Odoo makes them up itself. */
function fillNames(engine: Engine): void {
  const named = readSections(`ir/names-${engine.version.version}.jsonl`).flatMap(({ head, lines }) =>
    // A line is a row: id, module, name, record, and 1 for one that updates leave alone.
    (lines as unknown as readonly (readonly [number, string, string, number, 1?])[]).map(
      ([id, module, name, record, kept]): NewRow => ({
        id,
        module,
        name,
        model: String(head.model),
        res_id: record,
        noupdate: kept ?? 0,
      }),
    ),
  )
  insertAll(engine, 'ir.model.data', named)
  const models = engine.installation.flatMap(({ model, number, modules }) =>
    modules.split(', ').map(
      (module): NewRow => ({
        module,
        name: `model_${model.replaceAll('.', '_')}`,
        model: 'ir.model',
        res_id: number,
        noupdate: 0,
      }),
    ),
  )
  insertAll(engine, 'ir.model.data', models)
  insertAll(engine, 'ir.model.data', fieldNames(engine))
}

/** `field_res_partner__name`, in each module that the field comes from. */
function fieldNames(engine: Engine): NewRow[] {
  const rows = engine.db.all(sql`SELECT id, model, name FROM ir_model_fields`)
  return rows.flatMap(({ id, model, name }) => {
    const modules = modulesOfField(engine.version.version, String(model), String(name)) ?? 'base'
    return modules.split(', ').map(
      (module): NewRow => ({
        module,
        name: `field_${String(model).replaceAll('.', '_')}__${name}`,
        model: 'ir.model.fields',
        res_id: id ?? null,
        noupdate: 0,
      }),
    )
  })
}
