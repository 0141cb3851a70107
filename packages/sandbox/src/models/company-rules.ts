import type { Consequence, MethodCall, Orm, Values } from '../engine/contract.ts'
import { userError, validationError } from '../fault/odoo-fault.ts'
import { nameOfField } from '../orm/check-targets.ts'
import { fieldNamed } from '../schema/model.ts'

const MODEL = 'res.company'

/** Refuses what companies do not allow: another place in the tree, and the archive while users work for them. */
export function guardCompany(orm: Orm, ids: readonly number[], values: Values): Values {
  if ('parent_id' in values) {
    const parents = [...orm.values(MODEL, ids, ['parent_id']).values()].map(({ parent_id: parent }) => parent)
    if (parents.some((parent) => parent !== (values.parent_id || false))) {
      throw userError('The company hierarchy cannot be changed.')
    }
  }
  if (values.active === false) for (const id of ids) refuseArchiving(orm, id)
  return values
}

function refuseArchiving(orm: Orm, id: number): void {
  const users = orm.asSuperuser().search('res.users', [['company_id', '=', id]]).length
  if (users === 0) return
  throw validationError(
    `The company ${orm.names(MODEL, [id]).get(id)} cannot be archived because it is still used as the default company ` +
      `of ${users} users.`,
  )
}

/** Without a name the company is refused before it has a partner. */
export function requireName(orm: Orm, values: Values): void {
  if (values.name !== undefined && values.name !== false && values.name !== null) return
  const model = orm.model(MODEL)
  throw validationError(orm.engine.version.say.requiredUnset(nameOfField(model, fieldNamed(model, 'name'))))
}

/** Two companies of one name are refused; the name is kept by their partners, where it may be there twice. */
export function checkNames(orm: Orm, ids: readonly number[]): void {
  for (const { name } of orm.values(MODEL, ids, ['name']).values()) {
    const alike = orm.search(MODEL, [['name', '=', name]], { activeTest: false })
    if (alike.length > 1) {
      throw validationError('The operation cannot be completed: The company name must be unique!')
    }
  }
}

/** Who makes a company may work for it. */
export const openCompanies: Consequence = {
  created(orm, model, id) {
    if (model.name === MODEL) orm.asSuperuser().write('res.users', [orm.uid], { company_ids: [[4, id]] })
  },
}

/** The method `copy` of companies. */
export function refuseCopy(_call: MethodCall): never {
  throw userError('Duplicating a company is not allowed. Please create a new company instead.')
}
