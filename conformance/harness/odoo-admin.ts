import { createHash } from 'node:crypto'
import { call } from './http-call.ts'
import { numberAt, objectAt, objectOf } from './json-reading.ts'
import type { Login } from './target.ts'

/** Odoo itself, past every gateway: what a suite makes ready there, and what became of it. */
export type OdooAdmin = {
  /** Makes a record and answers its id. */
  create(model: string, values: object): Promise<number>
  /** The records of a model that a domain finds, archived ones too. */
  search(model: string, domain: readonly unknown[], fields: readonly string[]): Promise<readonly unknown[]>
  /** A text that differs when any stored field of any record of these models differs. */
  state(models: readonly string[]): Promise<string>
}

/** Fields that Odoo changes by itself, at a sign-in for one. */
const CHANGES_BY_ITSELF = new Set(['login_date'])

/** Signs in to the Odoo at an address, which has to answer as Odoo does. */
export async function openOdooAdmin(url: string, database: string, { login, password }: Login): Promise<OdooAdmin> {
  const params = { db: database, login, password }
  const opened = await call(url, { path: '/web/session/authenticate', json: { jsonrpc: '2.0', params } })
  const session = opened.cookies.find(({ name }) => name === 'session_id')
  if (session === undefined) throw new Error(`Odoo opened no session: ${opened.text.slice(0, 500)}`)

  async function callKw(model: string, method: string, args: readonly unknown[], kwargs: object): Promise<unknown> {
    const answer = await call(url, {
      path: `/web/dataset/call_kw/${model}/${method}`,
      headers: { Cookie: `session_id=${session?.value}` },
      json: { jsonrpc: '2.0', params: { model, method, args, kwargs } },
    })
    const { result } = objectOf(answer.json)
    if (result === undefined) throw new Error(`${model}.${method}: ${answer.text.slice(0, 500)}`)
    return result
  }

  async function searchRead(model: string, domain: readonly unknown[], fields: readonly string[]) {
    const kwargs = { domain, fields, order: 'id', context: { active_test: false } }
    const found = await callKw(model, 'search_read', [], kwargs)
    if (!Array.isArray(found)) throw new Error(`${model}.search_read answered no list`)
    return found as readonly unknown[]
  }

  async function storedFields(model: string): Promise<readonly string[]> {
    const fields = objectOf(await callKw(model, 'fields_get', [], { attributes: ['type', 'store'] }))
    return Object.keys(fields).filter((name) => {
      const { type, store } = objectAt(fields, name)
      return store === true && type !== 'binary' && !CHANGES_BY_ITSELF.has(name)
    })
  }

  return {
    create: async (model, values) => {
      const made = await callKw(model, 'create', [[values]], {})
      return numberAt({ id: Array.isArray(made) ? made[0] : made }, 'id')
    },
    search: searchRead,
    state: async (models) => {
      const hash = createHash('sha256')
      for (const model of models) hash.update(JSON.stringify(await searchRead(model, [], await storedFields(model))))
      return hash.digest('hex')
    },
  }
}
