import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { admitAdministrator } from '../administration/admit-administrator.ts'
import type { GivenApis } from '../administration/effective-apis.ts'
import { createSettingsMembers } from '../administration/settings-members.ts'
import type { Settings } from '../config/settings.ts'
import { createRequestIds } from '../http/request-id.ts'
import { createServer } from '../http/server.ts'
import { DEFAULT_LIMITS } from '../http/server-options.ts'
import { createAdmission } from '../identity/admit-call.ts'
import { createApiKeyVerifier } from '../identity/api-keys/verify-api-key.ts'
import { identifyCaller } from '../identity/identify-caller.ts'
import { createChallenges } from '../identity/mfa/challenges.ts'
import { createDevices } from '../identity/mfa/devices.ts'
import { createThrottle } from '../identity/throttle/throttle.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Random } from '../kernel/random.ts'
import type { Caller } from '../policy/caller.ts'
import type { LiveApiDirectory } from '../policy/live-api-directory.ts'
import { createRecords } from '../records/create-records.ts'
import { observedRecords } from '../records/observed-records.ts'
import { watchChanges } from '../store/changes.ts'
import type { Store } from '../store/store.ts'
import { adminRoutes } from '../surfaces/admin/index.ts'
import { jwtTokensRoutes } from '../surfaces/jwt-tokens/index.ts'
import { mfaRoutes } from '../surfaces/mfa/index.ts'
import { odooJwtFinisher } from '../surfaces/odoo-jwt/authenticate.ts'
import { odooJwtRoutes } from '../surfaces/odoo-jwt/index.ts'
import { odooJwtSurface } from '../surfaces/odoo-jwt/surface.ts'
import { operationsRoutes } from '../surfaces/operations/index.ts'
import { sendRequestRoutes } from '../surfaces/send-request/index.ts'
import { sendRequestFinisher } from '../surfaces/send-request/login.ts'
import { sendRequestSurface } from '../surfaces/send-request/surface.ts'
import type { KeyRing } from '../tokens/key-ring.ts'
import { createTokenService } from '../tokens/token-service.ts'
import { databaseStates } from '../upstream/database-state.ts'
import { createGrantWays } from '../upstream/grant-ways.ts'
import { type ConfiguredDatabase, createOdooDatabases } from '../upstream/odoo-databases.ts'
import { createOdooSessions } from '../upstream/odoo-sessions.ts'
import type { ProveDeps } from '../upstream/prove-odoo-user.ts'
import { createUpstream } from '../upstream/upstream.ts'
import { Vault } from '../upstream/vault.ts'
import { createBackground } from './background.ts'
import { databaseChoice } from './configured.ts'
import { createLogOuts } from './log-outs.ts'
import { hearTokenEvent } from './observing/hear-token-event.ts'
import { openObserving } from './observing/open-observing.ts'
import { sweep } from './sweep.ts'
import { takeInApis } from './take-in-apis.ts'

/** What the gateway is made of. */
export type GatewayParts = {
  readonly settings: Settings
  readonly databases: readonly ConfiguredDatabase[]
  /** The APIs beside those of the store. */
  readonly given: GivenApis
  readonly apis: LiveApiDirectory
  readonly store: Store
  readonly sealer: KeyRing
  readonly log: Logger
  readonly clock: Clock
  readonly random: Random
}

/** A gateway that is put together and does not listen yet. */
export type Gateway = {
  readonly server: FastifyInstance
  /** The way to every Odoo, for what is made at the start. */
  readonly odoo: ProveDeps
  /** Resolves when every Odoo answers. */
  checkOdoo(): Promise<void>
  /** Takes in what other nodes and commands have changed; called every second, and when the store says so. */
  hearChanges(): Promise<void>
  /** Removes what has run out; called now and then. */
  sweep(): Promise<void>
  close(): Promise<void>
}

/** Uses of keys that are noted at once. */
const NOTES = 1

/** How long the end waits for log-outs and audit events that are under way. Milliseconds. */
const SETTLE_MS = 5_000

/** Puts the gateway together: the one place that knows every part. */
export async function createGateway(parts: GatewayParts): Promise<Gateway> {
  const { settings, apis, store, sealer, log, clock, random } = parts
  const observing = openObserving({ store, log, clock, random })
  const { observe } = observing
  const notes = createBackground(NOTES, (error) => log.warn({ err: error }, 'the use of a key could not be noted'))
  const changes = await watchChanges(store)
  // Watched first: what changes while it is read is read again.
  const takeIn = () => takeInApis(apis, store, parts.given, log)
  changes.on('apis', takeIn)
  await takeIn()
  const databases = createOdooDatabases(parts.databases, { clock, onCall: observing.onOdooCall })
  const sessions = createOdooSessions({ store, sealer, databases, clock, random })
  const challenges = createChallenges({ store, sealer, clock, random })
  const logOuts = createLogOuts({ sessions, challenges, log })
  const tokens = await createTokenService({
    store,
    sealer,
    clock,
    random,
    issuer: settings.url,
    lifetimes: settings.tokens,
    onEvent: (event) => hearTokenEvent(event, { observe, logOut: logOuts.add }),
  })
  changes.on('master_key', () => sealer.reload())
  changes.on('signing_keys', () => tokens.reloadKeys())
  const endGrant = async (grantId: string, reason: string) => {
    await tokens.revokeGrant(grantId, reason)
  }
  const vault = new Vault({ store, sealer, databases, sessions, clock, observe })
  const ways = createGrantWays({ store, sessions, vault, endGrant })
  const onSandbox = settings.databases.length === 0
  const { findLiveGrant } = tokens
  const throttle = createThrottle({ store, limits: settings.throttle, clock, observe })
  const onUnknown = throttle.countWrong
  const keys = createApiKeyVerifier({ store, clock, findLiveGrant, onSandbox, onUnknown, later: notes.add })
  changes.on('credentials', async () => {
    vault.forget()
    ways.forget()
    keys.forget()
  })
  const upstream = createUpstream({ databases, ways, clock })

  const devices = createDevices({ store, sealer, clock, random })
  const signIn = {
    ...{ databases: databaseChoice(settings), apis, odoo: sessions, tokens },
    ...{ throttle, challenges, devices, observe, clock },
  }
  const access = {
    records: observedRecords(createRecords(), observing.onDenied),
    contextOf: (caller: Caller) => ({ ...caller, upstream: upstream.as(caller.principal, caller.address) }),
  }
  const node = {
    ...{ store, sealer, clock, random, given: parts.given },
    ...{ revokeGrant: tokens.revokeGrant, odoo: { databases, sessions } },
  }
  const members = createSettingsMembers({ upstream, clock })
  const administration = {
    admit: (token: string) => admitAdministrator(token, { owners: node, tokens, members, databases: databases.names }),
    ...{ node, throttle, databases: databases.names, databaseStates: () => databaseStates(databases) },
  }
  const checkOdoo = () =>
    databases.check().catch((error: unknown) => {
      log.warn({ err: error }, 'Odoo does not answer')
      throw error
    })
  const server = createServer({
    publicUrl: settings.url,
    trustedProxies: settings.trustedProxies,
    routes: [
      ...operationsRoutes({ store: () => store.check(), odoo: checkOdoo }, clock, {
        metrics: observing.metrics,
        token: settings.metrics.token,
      }),
      ...adminRoutes(administration),
      ...jwtTokensRoutes(signIn, [odooJwtSurface, sendRequestSurface]),
      ...odooJwtRoutes({ ...signIn, ...access }, settings.tokens),
      ...sendRequestRoutes({ ...signIn, ...access }, settings.tokens),
      ...mfaRoutes(signIn, [odooJwtFinisher(signIn, settings.tokens), sendRequestFinisher(signIn, settings.tokens)]),
    ],
    apis: () => apis.all(),
    admit: createAdmission(store.counters),
    identify: (call) => identifyCaller(call, { apis, tokens, keys }),
    clock,
    requestIds: createRequestIds(random),
    limits: DEFAULT_LIMITS,
    onFinished: observing.onFinished,
    onUnexpected: observing.onUnexpected,
  })
  return {
    server,
    odoo: { databases, sessions },
    hearChanges: () => changes.check(),
    checkOdoo: () => databases.check(),
    sweep: () => sweep({ settings, store, tokens, observing, logOuts, log, clock }),
    close: async () => {
      await server.close()
      observing.writeCounted(true)
      await Promise.all([logOuts, observing, notes].map((one) => one.settle(SETTLE_MS)))
      await databases.close()
    },
  }
}
