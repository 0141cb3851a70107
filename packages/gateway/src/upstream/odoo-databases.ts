import {
  capabilitiesOf,
  createOdooTransport,
  type OdooCapabilities,
  type OdooTransport,
  probeVersion,
} from '@odoo-gatehouse/odoo/client'
import type { Clock } from '../kernel/clock.ts'
import { type OnOdooCall, observedTransport } from './observed-transport.ts'

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
  configured: readonly { readonly name: string; readonly odooUrl: string }[],
  watch: { readonly clock: Clock; readonly onCall: OnOdooCall },
): OdooDatabases {
  const databases = new Map(configured.map(({ name, odooUrl }) => [name, createDatabase(name, odooUrl, watch)]))
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
  name: string,
  url: string,
  watch: { readonly clock: Clock; readonly onCall: OnOdooCall },
): OdooDatabase {
  const transport = observedTransport(createOdooTransport({ url }), name, watch)
  let known: Promise<OdooCapabilities> | undefined
  let checking: Promise<void> | undefined

  /** What is known stays in use while it is asked anew: Odoo may have been upgraded since. */
  async function probe(): Promise<void> {
    const found = capabilitiesOf(await probeVersion(transport))
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
