import { type OdooCapabilities, OdooFault, OdooSession, OdooUnreachable } from '@odoo-gatehouse/odoo/client'
import { FIELDS_GET_ATTRIBUTES, type ModelSchema, readModelSchema } from '@odoo-gatehouse/odoo/schema'
import type { Clock } from '../kernel/clock.ts'
import type { UserPrincipal } from '../kernel/principal.ts'
import { upstreamErrors } from './errors.ts'
import type { GrantWays } from './grant-ways.ts'
import { READS } from './odoo-call-kind.ts'
import type { OdooDatabases } from './odoo-databases.ts'
import type { OdooWay } from './odoo-way.ts'
import { SchemaCache } from './schema-cache.ts'
import { SharedReads } from './shared-reads.ts'
import { Turns } from './turns.ts'
import { UserCompanies } from './user-companies.ts'

/** What the upstream needs from outside. */
export type UpstreamDeps = {
  readonly databases: OdooDatabases
  readonly ways: GrantWays
  readonly clock: Clock
}

/**
 * How often one call is sent on another way: the first may be a session that another node has opened long ago, and that
 * has ended as well.
 */
const WAYS_MORE = 2

/** Odoo as one principal sees it: every call goes the way of that principal's own grant. */
export function createUpstream({ databases, ways, clock }: UpstreamDeps) {
  const schemas = new SchemaCache(clock)
  const companies = new UserCompanies(clock)
  const shared = new SharedReads()
  const turns = new Turns()

  /** A call that Odoo refused for its session was not carried out, so that it may be sent again on another. */
  async function callOnce(principal: UserPrincipal, call: CallKw): Promise<unknown> {
    const { grantId } = principal
    let way = await ways.behind(grantId)
    for (let left = WAYS_MORE; ; left--) {
      try {
        return await callKw(way, call)
      } catch (error) {
        const other = left === 0 ? undefined : await ways.insteadOf(grantId, way, error)
        if (other === undefined) throw error
        way = other
      }
    }
  }

  async function read(principal: UserPrincipal, call: CallKw): Promise<unknown> {
    try {
      return await callOnce(principal, call)
    } catch (error) {
      if (!isBrokenConnection(error)) throw error
      return callOnce(principal, call)
    }
  }

  async function write(principal: UserPrincipal, call: CallKw): Promise<unknown> {
    try {
      return await callOnce(principal, call)
    } catch (error) {
      // A write that may have reached Odoo is never sent twice.
      if (!isBrokenConnection(error) || error.sent) throw error
      return await callOnce(principal, call)
    } finally {
      shared.wroteTo(principal.database)
    }
  }

  /**
   * The upstream of one principal.
   *
   * @param address of the client that makes the calls, which Odoo is told
   */
  function as(principal: UserPrincipal, address?: string): PrincipalUpstream {
    const user = `${principal.uid}/${principal.database}`
    const call: CallsOdoo = (model, method, args, kwargs) => {
      const send = READS.has(method) ? read : write
      return turns.take(user, () => send(principal, { model, method, args, kwargs, address }), tooManyCalls)
    }
    return {
      call,
      session: async () => {
        const way = await ways.behind(principal.grantId)
        if (way instanceof OdooSession) return way
        throw upstreamErrors['session.required']()
      },
      capabilities: () => databases.get(principal.database).capabilities(),
      schemaOf: (model) => schemas.get(principal, model, () => askSchema(model, call)),
      companyId: () => companies.get(principal, (uid) => call('res.users', 'read', [[uid], ['company_id']], {})),
      share: (key, ask) => shared.read(principal.database, `${principal.grantId}/${key}`, ask),
    }
  }

  return { as }
}

/** Sends a `call_kw`. Throws OdooFault where Odoo refuses, OdooUnreachable where it does not answer. */
type CallsOdoo = (
  model: string,
  method: string,
  args: readonly unknown[],
  kwargs: Readonly<Record<string, unknown>>,
) => Promise<unknown>

/** Odoo as one principal sees it. */
export type PrincipalUpstream = {
  readonly call: CallsOdoo
  /**
   * The Odoo session behind the grant, for reports and files.
   *
   * @throws session.required for a key or client that acts with an API key of Odoo
   */
  session(): Promise<OdooSession>
  /** What the version behind the principal's database can do. */
  capabilities(): Promise<OdooCapabilities>
  /** The model as this user sees it; undefined where Odoo does not have it, or hides it. */
  schemaOf(model: string): Promise<ModelSchema | undefined>
  /** The user's current company, at most a minute old; undefined where Odoo does not tell. */
  companyId(): Promise<number | undefined>
  /** One answer for identical reads of this sign-in that are under way at the same time (`shared-reads.ts`). */
  share<Answer>(key: string, read: () => Promise<Answer>): Promise<Answer>
}

/** Odoo as each principal sees it. */
export type Upstream = ReturnType<typeof createUpstream>

type CallKw = {
  readonly model: string
  readonly method: string
  readonly args: readonly unknown[]
  readonly kwargs: Readonly<Record<string, unknown>>
  readonly address: string | undefined
}

function tooManyCalls(): Error {
  return upstreamErrors['odoo.too_many_calls']({ data: { retryAfterSeconds: 1 } })
}

function callKw(way: OdooWay, { model, method, args, kwargs, address }: CallKw): Promise<unknown> {
  return way.callKw(model, method, args, kwargs, address === undefined ? {} : { forwardedFor: address })
}

/** The exceptions by which Odoo says that a model is not there, or not for this user. */
const NO_SUCH_MODEL: ReadonlySet<string> = new Set(['KeyError', 'NotFound', 'AccessError'])

async function askSchema(model: string, call: CallsOdoo): Promise<ModelSchema | undefined> {
  try {
    return readModelSchema(model, await call(model, 'fields_get', [], { attributes: FIELDS_GET_ATTRIBUTES }))
  } catch (error) {
    if (error instanceof OdooFault && NO_SUCH_MODEL.has(error.exception)) return undefined
    throw error
  }
}

function isBrokenConnection(error: unknown): error is OdooUnreachable {
  return error instanceof OdooUnreachable && (error.reason === 'connect' || error.reason === 'dropped')
}
