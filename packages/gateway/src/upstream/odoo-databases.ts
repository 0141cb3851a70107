import {
  capabilitiesOf,
  createOdooTransport,
  type OdooCapabilities,
  type OdooTransport,
  probeVersion,
} from '@odoo-gatehouse/odoo/client'
import type { Clock } from '../kernel/clock.ts'
import { type OnOdooCall, observedTransport } from './observed-transport.ts'
import { type PaceLimits, paceTowards } from './pace.ts'
import { pacedTransport } from './paced-transport.ts'

/** One Odoo database behind the gateway, and the connection to the server that has it. */
export type OdooDatabase = {
  readonly name: string
  readonly transport: OdooTransport
  /** The origin of the server, for people. */
  readonly url: string
  /**
   * Asks which version answers there; one question for all who ask at the same time.
   *
   * @throws OdooUnreachable, RangeError for a version before 14
   */
  check(): Promise<void>
  /** What the version that answered last can do. */
  capabilities(): Promise<OdooCapabilities>
}

/** A database as the settings have it. */
export type ConfiguredDatabase = {
  readonly name: string
  readonly odooUrl: string
  /** How fast it may be called; that of `paceTowards` when it is not set. */
  readonly pace?: PaceLimits | 'off' | undefined
}

/** Every database behind the gateway, by name. */
export type OdooDatabases = {
  readonly names: readonly string[]
  /** The database of that name. A name that is not configured is a mistake of ours, not of a client. */
  get(name: string): OdooDatabase
  /** Resolves when every Odoo answers; throws what stands in the way. */
  check(): Promise<void>
  close(): Promise<void>
}

/**
 * Opens nothing yet: connections are made when the first call needs one.
 *
 * @param watch told of each request to Odoo
 */
export function createOdooDatabases(
  configured: readonly ConfiguredDatabase[],
  watch: { readonly clock: Clock; readonly onCall: OnOdooCall },
): OdooDatabases {
  const databases = new Map(configured.map((database) => [database.name, createDatabase(database, watch)]))
  return {
    names: [...databases.keys()],
    get: (name) => {
      const database = databases.get(name)
      if (database === undefined) throw new TypeError(`The database ${name} is not configured.`)
      return database
    },
    check: async () => {
      await Promise.all([...databases.values()].map((database) => database.check()))
    },
    close: async () => {
      await Promise.all([...databases.values()].map(({ transport }) => transport.close()))
    },
  }
}

function createDatabase(
  { name, odooUrl: url, pace }: ConfiguredDatabase,
  watch: { readonly clock: Clock; readonly onCall: OnOdooCall },
): OdooDatabase {
  const direct = observedTransport(createOdooTransport({ url }), name, watch)
  const transport = pacedTransport(direct, paceTowards(url, pace), { clock: watch.clock, after: later })
  let known: Promise<OdooCapabilities> | undefined
  let checking: Promise<void> | undefined

  /**
   * What is known stays in use while it is asked anew: Odoo may have been upgraded since. Not at the pace of calls: who
   * looks whether Odoo answers must not wait behind them, nor take their turns.
   */
  async function probe(): Promise<void> {
    const found = capabilitiesOf(await probeVersion(direct))
    known = Promise.resolve(found)
  }
  const check = () => {
    checking ??= probe().finally(() => {
      checking = undefined
    })
    return checking
  }
  return {
    name,
    url,
    transport,
    check,
    capabilities: async () => {
      if (known === undefined) await check()
      if (known === undefined) throw new TypeError('A probe that succeeds leaves the capabilities behind.')
      return known
    },
  }
}

/** A wait keeps no process alive that has nothing else to do. */
function later(ms: number, call: () => void): void {
  setTimeout(call, ms).unref()
}
