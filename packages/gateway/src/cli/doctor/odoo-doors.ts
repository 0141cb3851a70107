import type { OdooTransport, OdooVersion } from '@odoo-gatehouse/odoo/client'

/** What can be seen of an Odoo without a sign-in. */
export type OdooDoors = {
  /** The databases that it lists; undefined where it lists none to strangers. */
  readonly listed: readonly string[] | undefined
  /** Whether the database is there; undefined where Odoo does not tell. */
  readonly hasDatabase: boolean | undefined
  readonly jsonRpc: boolean
  readonly xmlRpc: boolean
  readonly json2: boolean
  /** Whether the database can sign in with a provider's token. */
  readonly authOauth: boolean
  /** Whether it believes a proxy's `X-Forwarded-Host`; undefined where nothing that it answers tells. */
  readonly proxyMode: boolean | undefined
}

/** A host that nobody has (RFC 6761 §6.4): if Odoo repeats it, it believes what proxies say. */
const FORWARDED = { 'x-forwarded-host': 'doctor.invalid', 'x-forwarded-proto': 'https', 'x-forwarded-for': '192.0.2.1' }

/** Looks at each door as a stranger does. Nothing here counts as a failed sign-in. Throws OdooUnreachable. */
export async function lookAtDoors(
  transport: OdooTransport,
  database: string,
  { major }: OdooVersion,
): Promise<OdooDoors> {
  const listed = await listDatabases(transport)
  const [jsonRpc, exists] = await askJsonRpc(transport, database)
  const login = await transport.get(`/web/login?db=${encodeURIComponent(database)}`, { headers: FORWARDED })
  const session = sessionCookie(login.headers['set-cookie'])
  const headers = session === undefined ? {} : { cookie: session }
  const oauth = await transport.get('/auth_oauth/signin', { headers })
  const xml = await transport.post('/xmlrpc/2/common', { headers: { 'content-type': 'text/xml' }, body: XML_VERSION })
  const json2 =
    major >= 19 &&
    (
      await transport.post('/json/2/res.users/context_get', {
        headers: { 'content-type': 'application/json', 'x-odoo-database': database },
        body: '{}',
      })
    ).status === 401
  return {
    listed,
    hasDatabase: listed?.includes(database) ?? exists,
    jsonRpc,
    xmlRpc: xml.status === 200 && xml.body.includes('server_version'),
    json2,
    // The route is there only where the module is; without a state it answers with a page.
    authOauth: oauth.status !== 404,
    proxyMode: proxyModeOf(login.body.toString('utf8')),
  }
}

/** Whether Odoo has the database; undefined where it does not tell strangers. Throws OdooUnreachable. */
export async function hasDatabase(transport: OdooTransport, database: string): Promise<boolean | undefined> {
  const listed = await listDatabases(transport)
  return listed?.includes(database) ?? (await askJsonRpc(transport, database))[1]
}

const XML_VERSION = '<?xml version="1.0"?><methodCall><methodName>version</methodName><params/></methodCall>'

async function listDatabases(transport: OdooTransport): Promise<readonly string[] | undefined> {
  const result = await callJson(transport, '/web/database/list', {})
  return Array.isArray(result) ? result.filter((name) => typeof name === 'string') : undefined
}

/** The service `db` is gone from Odoo 20 on, and may be closed before; `common` tells whether RPC is there at all. */
async function askJsonRpc(transport: OdooTransport, database: string): Promise<[boolean, boolean | undefined]> {
  const ask = (service: string, method: string, args: readonly string[]) =>
    callJson(transport, '/jsonrpc', { service, method, args })
  const version = await ask('common', 'version', [])
  const exists = await ask('db', 'db_exist', [database])
  return [version !== undefined, typeof exists === 'boolean' ? exists : undefined]
}

/** The result; undefined for a fault, and for whatever is no JSON-RPC. */
async function callJson(transport: OdooTransport, path: string, params: object): Promise<unknown> {
  const body = JSON.stringify({ jsonrpc: '2.0', method: 'call', id: 1, params })
  const answer = await transport.post(path, { headers: { 'content-type': 'application/json' }, body })
  try {
    const value: unknown = JSON.parse(answer.body.toString('utf8'))
    return typeof value === 'object' && value !== null && 'result' in value ? value.result : undefined
  } catch {
    // A page in place of JSON: nothing answers there that speaks it.
    return undefined
  }
}

function sessionCookie(header: string | string[] | undefined): string | undefined {
  const cookies = [header ?? []].flat().flatMap((cookie) => /^session_id=[\w-]+/.exec(cookie) ?? [])
  return cookies.at(-1)
}

/** The page links to providers with the address of this Odoo as Odoo sees it. */
function proxyModeOf(page: string): boolean | undefined {
  const [, told] = /redirect_uri=(https?%3A%2F%2F[^&"']+|https?:\/\/[^&"']+)/i.exec(page) ?? []
  return told === undefined ? undefined : decodeURIComponent(told).startsWith('https://doctor.invalid')
}
