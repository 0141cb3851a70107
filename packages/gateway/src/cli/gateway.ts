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
import type { Observation } from '../kernel/observation.ts'
import type { Random } from '../kernel/random.ts'
import { createMetrics } from '../metrics/metrics.ts'
import type { Caller } from '../policy/caller.ts'
import type { LiveApiDirectory } from '../policy/live-api-directory.ts'
import { createRecords } from '../records/create-records.ts'
import { type Denial, observedRecords } from '../records/observed-records.ts'
import { deleteAuditEventsUntil } from '../store/audit-events.ts'
import { watchChanges } from '../store/changes.ts'
import { countLiveGrants } from '../store/grants.ts'
import { countOpenOdooSessions } from '../store/odoo-sessions.ts'
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
import type { OdooCallFinished } from '../upstream/observed-transport.ts'
import { type ConfiguredDatabase, createOdooDatabases } from '../upstream/odoo-databases.ts'
import { createOdooSessions } from '../upstream/odoo-sessions.ts'
import type { ProveDeps } from '../upstream/prove-odoo-user.ts'
import { createUpstream } from '../upstream/upstream.ts'
import { Vault } from '../upstream/vault.ts'
import { createBackground } from './background.ts'
import { databaseChoice } from './configured.ts'
import { createAuditTrail } from './observing/audit-trail.ts'
import { hearTokenEvent } from './observing/hear-token-event.ts'
import { observer } from './observing/observe.ts'
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

const DAY_MS = 86_400_000

/** From when on a call to Odoo is told as slow. Milliseconds. */
const SLOW_MS = 5_000

/** How many rows of each kind one sweep removes. */
const SWEEP_MAX = 500

/** Log-outs at once: calls of users wait for the same connections. */
const LOG_OUTS = 4

/** Log-outs that one sweep tries again. */
const LOG_OUTS_MAX = 20

/** Audit events at once; the store writes one after the other. */
const AUDIT_WRITES = 1

/** Uses of keys that are noted at once. */
const NOTES = 1

/** How long the end waits for log-outs and audit events that are under way. Milliseconds. */
const SETTLE_MS = 5_000

/** Puts the gateway together: the one place that knows every part. */
export async function createGateway(parts: GatewayParts): Promise<Gateway> {
  const { settings, apis, store, sealer, log, clock, random } = parts
  const metrics = createMetrics(async () => ({
    odooSessions: await countOpenOdooSessions(store.db),
    grants: await countLiveGrants(store.db, clock.nowMs()),
  }))
  const audit = createBackground(AUDIT_WRITES, (error) => {
    metrics.auditWriteFailed()
    log.error({ err: error }, 'an audit event could not be kept')
  })
  const trail = createAuditTrail({ store, background: audit, clock, random })
  const logOuts = createBackground(LOG_OUTS, (error) => log.warn({ err: error }, 'Odoo could not be told of a log-out'))
  const notes = createBackground(NOTES, (error) => log.warn({ err: error }, 'the use of a key could not be noted'))
  const changes = await watchChanges(store)
  // Watched first: what changes while it is read is read again.
  const takeIn = () => takeInApis(apis, store, parts.given, log)
  changes.on('apis', takeIn)
  await takeIn()
  const observe = observer({ log, audit: trail, metrics })
  const onCall = (call: OdooCallFinished) => {
    metrics.odooCallFinished(call)
    if (call.durationMs >= SLOW_MS) observe({ ...call, kind: 'upstream_slow', durationMs: Math.round(call.durationMs) })
  }
  const databases = createOdooDatabases(parts.databases, { clock, onCall })
  const sessions = createOdooSessions({ store, sealer, databases, clock, random })
  const logOut = (odooSessionId: string) => logOuts.add(() => sessions.end(odooSessionId))
  const tokens = await createTokenService({
    store,
    sealer,
    clock,
    random,
    issuer: settings.url,
    lifetimes: settings.tokens,
    onEvent: (event) => hearTokenEvent(event, { observe, logOut }),
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

  const challenges = createChallenges({ store, sealer, clock, random })
  const devices = createDevices({ store, sealer, clock, random })
  const signIn = {
    ...{ databases: databaseChoice(settings), apis, odoo: sessions, tokens },
    ...{ throttle, challenges, devices, observe, clock },
  }
  const access = {
    records: observedRecords(createRecords(), (denial) => observe(observationOf(denial))),
    contextOf: (caller: Caller) => ({ ...caller, upstream: upstream.as(caller.principal, caller.address) }),
  }
  const node = {
    ...{ store, sealer, clock, random, given: parts.given },
    ...{ revokeGrant: tokens.revokeGrant, odoo: { databases, sessions } },
  }
  const members = createSettingsMembers({ upstream, clock })
  const administration = {
    admit: (token: string) => admitAdministrator(token, { owners: node, tokens, members, databases: databases.names }),
    ...{ node, databases: databases.names, databaseStates: () => databaseStates(databases) },
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
        metrics,
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
    onFinished: (finished) => {
      log[finished.status >= 500 ? 'warn' : 'info'](finished, 'request_finished')
      metrics.requestFinished(finished)
    },
    onUnexpected: (error, requestId) => {
      log.error({ err: error, requestId }, 'unexpected')
      metrics.unexpected()
    },
  })
  return {
    server,
    odoo: { databases, sessions },
    hearChanges: () => changes.check(),
    checkOdoo: () => databases.check(),
    sweep: async () => {
      trail.writeCounted()
      await tokens.sweep(SWEEP_MAX)
      await deleteAuditEventsUntil(store.db, clock.nowMs() - settings.audit.retentionDays * DAY_MS, SWEEP_MAX)
      const keys = await tokens.keepKeys(settings.tokens.signingKeyMaxAgeDays * DAY_MS)
      if (keys.made !== undefined) log.info({ kid: keys.made }, 'a new signing key took over')
      for (const kid of keys.retired) log.info({ kid }, 'an old signing key was retired')
      // Those that could not be told to Odoo when it was their time; one round after the other.
      if (logOuts.busy()) return
      for (const id of await sessions.leftToEnd(LOG_OUTS_MAX)) logOut(id)
      for (const challenge of await challenges.unfinished(LOG_OUTS_MAX)) {
        logOuts.add(async () => {
          await sessions.cancel(challenge.database, challenge.half)
          await challenges.use(challenge)
        })
      }
    },
    close: async () => {
      await server.close()
      trail.writeCounted(true)
      await Promise.all([logOuts.settle(SETTLE_MS), audit.settle(SETTLE_MS), notes.settle(SETTLE_MS)])
      await databases.close()
    },
  }
}

/** The longest name of a model that is kept; what a client names need not be one. */
const MODEL_LENGTH_MAX = 64

function observationOf({ principal, api, model, verb, code }: Denial): Observation {
  const { database, uid, login, grantId } = principal
  return { kind: 'denied', database, uid, login, grantId, api, model: model.slice(0, MODEL_LENGTH_MAX), verb, code }
}
