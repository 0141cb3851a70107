import type { Context, Engine, Orm } from '../engine/contract.ts'
import { accessError, userError } from '../fault/odoo-fault.ts'
import { fieldNamed, modelNamed } from '../schema/model.ts'
import { sql } from '../sql/sql-text.ts'
import { setColumns } from './change-rows.ts'
import { createRecord } from './create.ts'
import { loadUser } from './load-user.ts'
import { namesOf } from './names.ts'
import { searchIds } from './search.ts'
import { unlinkRecords } from './unlink.ts'
import { valuesOf } from './values.ts'
import { writeRecords } from './write.ts'

/** Records as a user sees them in a context; see `Orm`. */
export function openOrm(engine: Engine, uid: number, context: Context, superuser = false): Orm {
  const model = (name: string) => modelNamed(engine.schema, name)
  const orm: Orm = {
    engine,
    uid,
    context,
    superuser,
    user: () => loadUser(engine, uid),
    companyIds: () => chosenCompanies(orm),
    asSuperuser: () => (superuser ? orm : openOrm(engine, uid, context, true)),
    asUser: () => (superuser ? openOrm(engine, uid, context) : orm),
    withContext: (changes) => openOrm(engine, uid, { ...context, ...changes }, superuser),
    model,
    search: (name, domain, options) => searchIds(orm, model(name), domain, options),
    values: (name, ids, fields) =>
      valuesOf(
        orm,
        model(name),
        ids,
        fields.map((field) => fieldNamed(model(name), field)),
      ),
    names: (name, ids) => namesOf(orm, model(name), ids),
    create: (name, values) => createRecord(orm, model(name), values),
    write: (name, ids, values) => writeRecords(orm, model(name), ids, values),
    unlink: (name, ids) => unlinkRecords(orm, model(name), ids),
    store: (name, id, columns) => setColumns(orm, model(name), [id], columns),
  }
  return orm
}

/** The companies of `allowed_company_ids`, which have to be the user's own; else all of the user's. */
function chosenCompanies(orm: Orm): readonly number[] {
  const { companyIds, companyId } = orm.user()
  const chosen = orm.context.allowed_company_ids
  if (!Array.isArray(chosen) || chosen.length === 0) {
    return [companyId, ...companyIds.filter((id) => id !== companyId)]
  }
  if (!orm.superuser && chosen.some((id) => !companyIds.includes(id))) {
    throw accessError('Access to unauthorized or invalid companies.')
  }
  return chosen
}

/** Refuses a language that is not installed, where the version does. */
export function checkLanguage(engine: Engine, context: Context): void {
  const { lang } = context
  if (!engine.version.refusesUnknownLanguage || typeof lang !== 'string') return
  const found = engine.db.get(sql`SELECT 1 AS "found" FROM res_lang WHERE code = ${lang} AND active = 1`)
  if (found === undefined) throw userError(`Invalid language code: ${lang}`)
}
