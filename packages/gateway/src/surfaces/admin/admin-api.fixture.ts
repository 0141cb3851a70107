import { OdooUnreachable } from '@odoo-gatehouse/odoo/client'
import { onTestFinished } from 'vitest'
import { admitAdministrator } from '../../administration/admit-administrator.ts'
import { addOwner, makeBootstrapToken, openOwnerSession } from '../../administration/owners.ts'
import { createSettingsMembers } from '../../administration/settings-members.ts'
import { Settings } from '../../config/settings.ts'
import { createRequestIds } from '../../http/request-id.ts'
import { createServer } from '../../http/server.ts'
import { DEFAULT_LIMITS } from '../../http/server-options.ts'
import { createThrottle } from '../../identity/throttle/throttle.ts'
import { ADMINISTRATION_SCOPE, CONSOLE_CLIENT_ID } from '../../kernel/administration-scope.ts'
import { isJsonObject, type JsonObject } from '../../kernel/json.ts'
import type { UserPrincipal } from '../../kernel/principal.ts'
import { ApiInput } from '../../policy/api.ts'
import { compileApi } from '../../policy/compile-api.ts'
import { DEFAULT_TOKEN_LIFETIMES } from '../../tokens/lifetimes.ts'
import type { NewGrant } from '../../tokens/start-grant.ts'
import { TEST_ISSUER } from '../../tokens/testing/token-workbench.ts'
import { createTokenService } from '../../tokens/token-service.ts'
import { databaseStates } from '../../upstream/database-state.ts'
import { createGrantWays } from '../../upstream/grant-ways.ts'
import { openSandboxVault, type SANDBOX_VERSIONS } from '../../upstream/testing/sandbox-vault.ts'
import { createUpstream } from '../../upstream/upstream.ts'
import type { AdminDeps } from './deps.ts'
import { adminRoutes } from './index.ts'

/** What a call to the admin API says beside its method and path. */
export type AdminCall = { readonly token?: string; readonly json?: unknown; readonly headers?: Record<string, string> }

/** An API whose pages come from another origin. */
export const SHOP_ORIGIN = 'https://shop.example'

/**
 * For tests: the admin API over a real store, in front of a sandbox with the database `demo`; `other` is a database
 * behind the same node. Closed at the end of the test.
 */
export async function openAdminApi(version: (typeof SANDBOX_VERSIONS)[number] = 18) {
  const bench = await openSandboxVault(version)
  onTestFinished(() => bench[Symbol.asyncDispose]())
  const { store, sealer, clock, random, databases, sessions, vault } = bench
  const tokens = await createTokenService({
    ...{ store, sealer, clock, random, issuer: TEST_ISSUER, lifetimes: DEFAULT_TOKEN_LIFETIMES },
  })
  const endGrant = async (grantId: string, reason: string) => {
    await tokens.revokeGrant(grantId, reason)
  }
  const upstream = createUpstream({ databases, ways: createGrantWays({ store, sessions, vault, endGrant }), clock })
  let isAway = false
  const away = async (): Promise<never> => {
    throw new OdooUnreachable('connect', { sent: false })
  }
  const odoo = {
    as: (principal: UserPrincipal) => {
      const { call, capabilities } = upstream.as(principal)
      return { capabilities, call: isAway ? away : call }
    },
  }
  const given = {
    settings: [],
    demo: ['demo', 'other'].map((database) => ApiInput.parse({ name: 'default', database })),
  }
  const node = { store, sealer, clock, random, given, revokeGrant: tokens.revokeGrant, odoo: { databases, sessions } }
  const admits = {
    owners: node,
    tokens,
    members: createSettingsMembers({ upstream: odoo, clock }),
    databases: ['demo', 'other'],
  }
  const deps: AdminDeps = {
    ...{ admit: (token) => admitAdministrator(token, admits), node, databases: admits.databases },
    throttle: createThrottle({ store, limits: Settings.parse({}).throttle, clock, observe: () => undefined }),
    databaseStates: () => databaseStates(databases),
  }
  const shop = compileApi(ApiInput.parse({ name: 'shop', database: 'demo', origins: [SHOP_ORIGIN] }))
  const unexpected: unknown[] = []
  const server = createServer({
    ...{
      publicUrl: TEST_ISSUER,
      trustedProxies: [],
      routes: adminRoutes(deps),
      apis: () => [shop],
      limits: DEFAULT_LIMITS,
    },
    admit: async () => undefined,
    identify: async () => {
      throw new Error('No route of the admin API takes a caller of records.')
    },
    ...{ clock, requestIds: createRequestIds(random), onUnexpected: (error) => unexpected.push(error) },
  })
  onTestFinished(() => server.close())

  /** Sends a call; `json` is what came back, an empty object for nothing. */
  const send = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS', path: string, call: AdminCall = {}) => {
    const { token, json, headers = {} } = call
    const answer = await server.inject({
      ...{ method, url: `/admin/api${path}` },
      headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
      ...(json === undefined ? {} : { payload: json as object }),
    })
    const body: unknown = answer.body === '' ? {} : JSON.parse(answer.body)
    if (!isJsonObject(body)) throw new TypeError('The admin API answers objects.')
    return { status: answer.statusCode, headers: answer.headers, json: body, text: answer.body }
  }
  /** A grant of the console, as its sign-in will make it; `overrides` change it. */
  const signIn = async (login: string, overrides: Partial<NewGrant> = {}) => {
    const opened = await sessions.open('demo', { login, password: login }, { address: '127.0.0.1' })
    if (opened.kind !== 'opened') throw new Error(`${login}: ${opened.kind}`)
    const { odooSessionId, uid, administrator } = opened
    const grant = await tokens.startGrant({
      ...{
        database: 'demo',
        uid,
        login: opened.login,
        api: 'default',
        clientId: CONSOLE_CLIENT_ID,
        surface: 'console',
      },
      ...{ scopes: [ADMINISTRATION_SCOPE], administrator, odooSessionId },
      ...overrides,
    })
    return { ...grant, renewed: async () => (await tokens.accessFromRefresh(grant.refreshToken)).accessToken }
  }
  const owner = async (name = 'ada') => {
    await addOwner(name, 'command', node)
    const session = await openOwnerSession((await makeBootstrapToken(name, 'command', node)).token, node)
    if (session === undefined) throw new Error('no session')
    return session.token
  }
  const goAway = () => {
    isAway = true
  }
  return { ...bench, goAway, tokens, upstream, node, deps, send, signIn, owner, unexpected }
}

/** An API that exposes partners. */
export const SHOP: JsonObject = { exposures: [{ model: 'res.partner', verbs: ['read'] }] }
