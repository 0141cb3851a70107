import { keyError, typeError } from '../fault/odoo-fault.ts'
import { fieldsGet } from '../orm/fields-get.ts'
import { openOrm } from '../orm/open-orm.ts'
import { resequence } from '../orm/resequence.ts'
import type { Answer } from './answer.ts'
import { resultAnswer } from './json-rpc.ts'
import type { JsonExchange, Route } from './route.ts'

/** Records in a new order; from 19 on `web_resequence` does it (odoo 18.0 web, controllers/dataset.py). */
export const RESEQUENCE_ROUTES: readonly Route[] = [
  { paths: ['/web/dataset/resequence'], until: 18, kind: 'json', auth: 'user', run: runResequence },
]

function runResequence({ engine, call, session }: JsonExchange): Answer {
  const { model: name, ids, field = 'sequence', offset = 0, context } = call.params
  const missing = ['model', 'ids'].filter((param) => !(param in call.params)).map((param) => `'${param}'`)
  if (missing.length > 0) {
    const count = `${missing.length} required positional argument${missing.length > 1 ? 's' : ''}`
    throw typeError(`DataSet.resequence() missing ${count}: ${missing.join(' and ')}`)
  }
  const model = engine.schema.models.get(String(name))
  if (model === undefined) throw keyError(String(name))
  const given = typeof context === 'object' && context !== null ? { ...context } : {}
  const done = engine.db.transaction(() => {
    const orm = openOrm(engine, session.uid ?? 0, given)
    if (Object.keys(fieldsGet(orm, model, [String(field)], undefined)).length === 0) return false
    resequence(orm, model, Array.isArray(ids) ? ids.map(Number) : [Number(ids)], String(field), Number(offset))
    return true
  })
  return resultAnswer(call.id, done)
}
