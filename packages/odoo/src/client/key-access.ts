import { OdooFault } from './fault.ts'
import { callJsonRpc } from './json-rpc.ts'
import { callJson2 } from './json2.ts'
import { OdooKeyRefused } from './key-refused.ts'
import { namedArguments } from './named-arguments.ts'
import type { OdooTransport } from './transport.ts'
import { OdooUnreachable } from './unreachable.ts'

/** Whose key it is, as far as whoever has it says. */
export type OdooKeyOwner = { readonly database: string; readonly login: string; readonly key: string }

/** The user that a key opens Odoo for. */
export type OdooKeyAccessOptions = OdooKeyOwner & {
  readonly uid: number
  /** Whether Odoo has `/json/2` (`OdooCapabilities.json2`). */
  readonly json2: boolean
}

/** The IP address of the client that a call is made for. */
type OnBehalf = { readonly forwardedFor?: string }

/** The Odoo user of a key. */
export type ApiKeyUser = {
  readonly uid: number
  /** The login as Odoo stores it. */
  readonly login: string
  /** Member of the group Settings. */
  readonly isSystem: boolean
}

/** Whether a text can be an API key of Odoo: 160 bits as hexadecimal digits, since 14. */
export function isOdooApiKey(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text)
}

/**
 * Odoo as one user with an API key in place of a session: over `/json/2` where there is one, else over `/jsonrpc` with
 * the key as the password. There are no reports and no files that way, and nothing to keep between two calls. A method
 * whose parameters have no names here goes over `/jsonrpc` also where there is `/json/2`; Odoo has it up to version 21.
 */
export class OdooKeyAccess {
  readonly #transport: OdooTransport
  readonly #options: OdooKeyAccessOptions

  constructor(transport: OdooTransport, options: OdooKeyAccessOptions) {
    this.#transport = transport
    this.#options = options
  }

  /**
   * Calls a method of a model; arguments as for `OdooSession.callKw`.
   *
   * @throws OdooFault where Odoo refuses the call, OdooKeyRefused where it refuses the key, OdooUnreachable
   * @throws TypeError if model or method are no names
   */
  async callKw(
    model: string,
    method: string,
    args: readonly unknown[],
    kwargs: object,
    behalf: OnBehalf = {},
  ): Promise<unknown> {
    if (!/^[a-zA-Z_][a-zA-Z0-9_.]*$/.test(model) || !/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(method)) {
      throw new TypeError('Model and method must be names.')
    }
    const { database, key, uid, login, json2 } = this.#options
    const named = json2 ? namedArguments(method, args, kwargs) : undefined
    if (named !== undefined) return callJson2(this.#transport, { database, key, model, method, named, ...behalf })
    try {
      const all = [database, uid, key, model, method, args, kwargs]
      return await callRpc(this.#transport, 'object', 'execute_kw', all, behalf)
    } catch (error) {
      if (!(error instanceof OdooFault) || error.exception !== 'AccessDenied') throw error
      // A method may deny access too (a wrong old password): only the sign-in itself knows whose fault it is.
      if ((await authenticate(this.#transport, { database, login, key }, behalf)) === uid) throw error
      throw new OdooKeyRefused('denied')
    }
  }
}

/**
 * Asks Odoo whose key it is.
 *
 * @throws OdooKeyRefused for a key that is not of this login, too
 * @throws OdooFault, OdooUnreachable
 */
export async function signInWithApiKey(
  transport: OdooTransport,
  owner: OdooKeyOwner,
  odoo: { readonly json2: boolean; readonly hasGroupNeedsRecord: boolean },
): Promise<ApiKeyUser> {
  const accessOf = (uid: number) => new OdooKeyAccess(transport, { ...owner, uid, json2: odoo.json2 })
  const uid = odoo.json2
    ? uidIn(await accessOf(0).callKw('res.users', 'context_get', [], {}))
    : await authenticate(transport, owner)
  if (uid === undefined) throw new OdooKeyRefused('denied')
  const access = accessOf(uid)
  const login = loginIn(await access.callKw('res.users', 'read', [[uid]], { fields: ['login'] }))
  if (login !== owner.login) throw new OdooKeyRefused('denied')
  const group = 'base.group_system'
  const args = odoo.hasGroupNeedsRecord ? [[uid], group] : [group]
  return { uid, login, isSystem: (await access.callKw('res.users', 'has_group', args, {})) === true }
}

/** The user of login and key; undefined for a wrong pair. */
async function authenticate(
  transport: OdooTransport,
  { database, login, key }: OdooKeyOwner,
  behalf: OnBehalf = {},
): Promise<number | undefined> {
  try {
    const uid = await callRpc(transport, 'common', 'authenticate', [database, login, key, {}], behalf)
    return typeof uid === 'number' ? uid : undefined
  } catch (error) {
    if (!(error instanceof OdooFault) || error.exception !== 'AccessDenied') throw error
    if (/^too many login failures/i.test(error.message)) throw new OdooKeyRefused('cooldown')
    return undefined
  }
}

/** `/jsonrpc` (odoo 18.0 base/controllers/rpc.py). */
async function callRpc(
  transport: OdooTransport,
  service: 'common' | 'object',
  method: string,
  args: readonly unknown[],
  behalf: OnBehalf,
): Promise<unknown> {
  const { result, fault } = await callJsonRpc(transport, '/jsonrpc', { service, method, args }, behalf)
  if (fault !== undefined) throw fault
  return result
}

function uidIn(context: unknown): number | undefined {
  const uid = typeof context === 'object' && context !== null && 'uid' in context ? context.uid : undefined
  return typeof uid === 'number' ? uid : undefined
}

function loginIn(records: unknown): string {
  const [first]: unknown[] = Array.isArray(records) ? records : []
  const login = typeof first === 'object' && first !== null && 'login' in first ? first.login : undefined
  if (typeof login !== 'string') throw new OdooUnreachable('bad_answer', { sent: true, status: 200 })
  return login
}
