import { OdooUnreachable } from '@odoo-gatehouse/odoo/client'
import type { FastifyInstance } from 'fastify'
import type { Settings } from '../config/settings.ts'
import { systemClock } from '../kernel/clock.ts'
import { systemRandom } from '../kernel/random.ts'
import { liveApiDirectory } from '../policy/live-api-directory.ts'
import { keepRunningUrl } from './command-line/running-url.ts'
import { defaultApis, givenApis } from './configured.ts'
import { holdDataDirectory } from './data-directory.ts'
import { introduceDemo, startDemo } from './demo/start-demo.ts'
import { createGateway } from './gateway.ts'
import { keepHeartbeat } from './heartbeat.ts'
import { introduceApis } from './introduce-apis.ts'
import { openLog } from './log.ts'
import { missingDatabases } from './missing-databases.ts'
import { openInstallation } from './open-installation.ts'
import { repeat } from './repeat.ts'
import { StartError } from './start-error.ts'
import { UNREACHABLE_WORDS } from './unreachable-words.ts'

const clock = systemClock
const random = systemRandom

/** How often what has run out is removed. Milliseconds. */
const SWEEP_EVERY_MS = 10_000

/** How often it is looked whether another node or a command changed something. Milliseconds. */
const HEAR_EVERY_MS = 1_000

/** A running gateway. */
export type Running = { readonly url: string; stop(): Promise<void> }

/**
 * Starts the gateway: opens the store, starts the sandbox where no Odoo is configured, listens, and prints what to try.
 * Whatever fails on the way, what was opened before it is closed again.
 *
 * @throws StartError, StoreOpenError: one sentence that says what to do
 */
export async function serve(settings: Settings, print: (text: string) => void): Promise<Running> {
  await using opened = new AsyncDisposableStack()
  const log = opened.adopt(openLog(settings.log.level), ({ flush }) => flush())

  opened.adopt(holdDataDirectory(settings.data), (release) => release())
  const installation = await openInstallation(settings, clock, random, { mayMake: true })
  const { store, sealer } = opened.adopt(installation, (it) => it.store.close())
  const failed = (what: string) => (error: unknown) => log.log.error({ err: error }, what)
  const onError = failed('it could not be written that this node runs')
  opened.defer(await keepHeartbeat({ ...installation, settings, clock, random, onError }))
  const onMistake = (error: unknown) => log.log.error({ err: error }, 'a mistake of the sandbox, not of its client')
  const demo =
    settings.databases.length > 0
      ? undefined
      : opened.adopt(await startDemo(settings, random, onMistake), (it) => it.close())
  const databases = demo === undefined ? settings.databases : [{ name: demo.database, odooUrl: demo.url }]
  const given = givenApis(settings)
  const apis = liveApiDirectory([], defaultApis(settings))

  const parts = { settings, databases, given, apis, store, sealer, log: log.log, clock, random }
  const gateway = opened.adopt(await createGateway(parts), (it) => it.close())
  await gateway.checkOdoo().catch((cause: unknown) => {
    throw new StartError(odooAway(databases, cause), { cause })
  })
  const missing = demo === undefined ? await missingDatabases(gateway.odoo.databases) : []
  for (const database of missing) log.log.warn({ database }, 'Odoo has no such database')
  const introduction =
    demo === undefined
      ? introduceApis(settings, apis, missing)
      : await introduceDemo(settings, demo, { store, sealer, clock, random, odoo: gateway.odoo })
  await listen(gateway.server, settings)
  await keepRunningUrl(store.db, settings.url)
  opened.defer(repeat(SWEEP_EVERY_MS, () => gateway.sweep(), failed('the sweep failed')))
  const unheard = failed('what other nodes changed could not be read')
  opened.defer(repeat(HEAR_EVERY_MS, () => gateway.hearChanges(), unheard))
  opened.defer(store.listen(() => void gateway.hearChanges().catch(unheard)))

  print(`Gatehouse is ready at ${settings.url} (${Math.round(process.uptime() * 1000)} ms).\n${introduction}`)
  const closing = opened.move()
  return { url: settings.url, stop: () => closing.disposeAsync() }
}

/** Which Odoo does not answer, and what was met in its place. */
function odooAway(databases: readonly { readonly odooUrl: string }[], cause: unknown): string {
  const urls = databases.map(({ odooUrl }) => odooUrl).join(', ')
  const met =
    cause instanceof OdooUnreachable ? UNREACHABLE_WORDS[cause.reason] : 'something that is no Odoo answers there'
  return `Odoo does not answer at ${urls} (${met}): start it, or correct ODOO_URL.`
}

async function listen(server: FastifyInstance, { host, port }: Settings): Promise<void> {
  try {
    await server.listen({ host, port })
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
    if (code === 'EADDRINUSE') {
      throw new StartError(`Port ${port} of ${host} is taken: stop what listens there, or set PORT.`, { cause })
    }
    throw new StartError(`Cannot listen on ${host}:${port} (${String(code)}): check HOST and PORT.`, { cause })
  }
}
