import {
  capabilitiesOf,
  createOdooTransport,
  type OdooCapabilities,
  type OdooTransport,
  type OdooVersion,
  probeVersion,
} from '@odoo-gatehouse/odoo/client'

/** One Odoo database behind the gateway, and the connection to the server that has it. */
export type OdooDatabase = {
  readonly name: string
  readonly transport: OdooTransport
  /** The version that answers there; asked once, and again after a failure. */
  version(): Promise<OdooVersion>
  /** What that version can do. */
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

/** Opens nothing yet: connections are made when the first call needs one. */
export function createOdooDatabases(
  configured: readonly { readonly name: string; readonly odooUrl: string }[],
): OdooDatabases {
  const databases = new Map(configured.map(({ name, odooUrl }) => [name, createDatabase(name, odooUrl)]))
  return {
    names: [...databases.keys()],
    get: (name) => {
      const database = databases.get(name)
      if (database === undefined) throw new TypeError(`The database ${name} is not configured.`)
      return database
    },
    check: async () => {
      await Promise.all([...databases.values()].map(({ transport }) => probeVersion(transport)))
    },
    close: async () => {
      await Promise.all([...databases.values()].map(({ transport }) => transport.close()))
    },
  }
}

function createDatabase(name: string, url: string): OdooDatabase {
  const transport = createOdooTransport({ url })
  let known: Promise<OdooVersion> | undefined
  const version = () => {
    known ??= probeVersion(transport).catch((error: unknown) => {
      known = undefined
      throw error
    })
    return known
  }
  return { name, transport, version, capabilities: async () => capabilitiesOf(await version()) }
}
