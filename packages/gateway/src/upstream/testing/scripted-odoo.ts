import {
  type OdooAnswer,
  type OdooTransport,
  OdooUnreachable,
  type UnreachableReason,
} from '@odoo-gatehouse/odoo/client'
import type { OdooDatabases } from '../odoo-databases.ts'

/** What the scripted Odoo does with one request. */
export type Act =
  | { readonly result: unknown; readonly newSessionId?: string }
  | { readonly expired: true }
  | { readonly unreachable: UnreachableReason; readonly sent: boolean }

/** For tests: an Odoo that answers by a script, and tells which session id each request carried. */
export type ScriptedOdoo = {
  readonly databases: OdooDatabases
  /** The session ids of the requests, in their order. */
  readonly usedIds: readonly string[]
  /** The paths of the requests, in their order. */
  readonly paths: readonly string[]
  /** The addresses that the requests were made for, in their order. */
  readonly addresses: readonly (string | undefined)[]
}

/** A session id as Odoo makes them: 84 characters; `name` tells them apart. */
export function sessionIdOf(name: string): string {
  return name.padEnd(84, '0')
}

/** Makes an Odoo that does one act after the other; a request beyond the script fails the test. */
export function scriptedOdoo(...script: readonly Act[]): ScriptedOdoo {
  const acts = [...script]
  const usedIds: string[] = []
  const paths: string[] = []
  const addresses: (string | undefined)[] = []
  const transport: OdooTransport = {
    url: 'http://odoo.test',
    post: async (path, { headers }) => {
      paths.push(path)
      addresses.push(headers?.['x-forwarded-for'])
      usedIds.push(/session_id=(\w+)/.exec(headers?.cookie ?? '')?.[1] ?? 'none')
      const act = acts.shift()
      if (act === undefined) throw new Error(`Nobody expected request ${paths.length}: ${path}`)
      if ('unreachable' in act) throw new OdooUnreachable(act.unreachable, { sent: act.sent })
      return 'expired' in act ? EXPIRED : answer(act.result, act.newSessionId)
    },
    get: async (path) => {
      throw new Error(`Nobody expected GET ${path}`)
    },
    close: async () => {},
  }
  const database = { name: 'demo', url: transport.url, transport, check: async () => {}, capabilities: unused }
  const databases = { names: ['demo'], get: () => database, check: async () => {}, close: async () => {} }
  return { databases, usedIds, paths, addresses }
}

async function unused(): Promise<never> {
  throw new Error('Nobody asks for the version here.')
}

function answer(result: unknown, newSessionId?: string): OdooAnswer {
  const cookie = newSessionId === undefined ? {} : { 'set-cookie': [`session_id=${newSessionId}; Path=/; HttpOnly`] }
  return envelope({ result }, cookie)
}

/** Recording auth/session_unknown of Odoo 18, cut down to what is read. */
const EXPIRED = envelope({
  error: {
    code: 100,
    message: 'Odoo Session Expired',
    data: { name: 'odoo.http.SessionExpiredException', message: 'Session expired', arguments: [], context: {} },
  },
})

function envelope(content: object, headers: OdooAnswer['headers'] = {}): OdooAnswer {
  const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', id: null, ...content }))
  return { status: 200, headers: { 'content-type': 'application/json', ...headers }, body }
}
