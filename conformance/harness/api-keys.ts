import { demoCredentials } from './demo-credentials.ts'
import { type EndedCommand, runGatehouse } from './gatehouse-command.ts'
import type { Gateway } from './gateway-process.ts'
import { type Answer, call, type RequestHeaders } from './http-call.ts'
import { objectOf, textAt } from './json-reading.ts'

/** The key of the demo. */
export function demoKeyOf(gateway: Pick<Gateway, 'dataDir'>): string {
  return textAt(demoCredentials(gateway), 'api_key')
}

/** A key that a command has just made. */
export type MadeKey = { readonly id: string; readonly prefix: string; readonly key: string; readonly grantId: string }

/** Where commands run: beside a gateway, with its environment. */
export type Beside = { readonly dataDir: string; readonly env?: Readonly<Record<string, string>> }

/** `gatehouse key create` for Odoo's demo with its password, and whatever else is asked. */
export function createKey(beside: Beside, options: readonly string[] = [], input = 'demo'): Promise<EndedCommand> {
  const how = options.some((one) => /-stdin$|^--mint$/.test(one)) ? [] : ['--password-stdin']
  const login = options.includes('--login') ? [] : ['--login', 'demo']
  const args = ['key', 'create', '--json', '--name', 'Suite', ...login, ...how, ...options]
  return runGatehouse(args, { dataDir: beside.dataDir, env: beside.env ?? {}, input })
}

/** The same; throws when it is refused. */
export async function madeKey(beside: Beside, options: readonly string[] = [], input = 'demo'): Promise<MadeKey> {
  const { json, stderr } = await createKey(beside, options, input)
  if (json === undefined) throw new Error(`key create: ${stderr}`)
  const [id, prefix, key, grantId] = ['id', 'prefix', 'key', 'grantId'].map((name) => textAt(objectOf(json), name))
  return { id: id ?? '', prefix: prefix ?? '', key: key ?? '', grantId: grantId ?? '' }
}

/** `GET /api/send_request` for one partner with these headers. */
export function readPartner(url: string, headers: RequestHeaders, query: Record<string, string> = {}): Promise<Answer> {
  const asked = { model: 'res.partner', fields: '["name"]', limit: '1', ...query }
  return call(url, { path: '/api/send_request', query: asked, headers })
}
