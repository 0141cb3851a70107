import { textAt } from '../../harness/json-reading.ts'
import { runSandboxCommand } from '../../harness/sandbox-process.ts'
import { VERSIONS, type Version } from '../recording.ts'
import { type Odoo, odooAt } from '../stage/odoo-client.ts'

/** What recordings are replayed against. */
export type Target = {
  readonly kind: 'sandbox' | 'given'
  readonly versions: readonly Version[]
  /** Has the Odoo of a version do something. A sandbox is fresh each time; a given server is the same. */
  withOdoo<T>(version: Version, act: (odoo: Odoo) => Promise<T>): Promise<T>
}

/**
 * The target that the environment names: a server at `ODOO_WIRE_URL` with demonstration data in `ODOO_WIRE_DB` (default
 * `demo`), of `ODOO_WIRE_VERSION` (default 18), for a fork with `ODOO_WIRE_BRAND`, its name for itself. Without a URL the
 * sandbox, in every version.
 */
export function targetFrom(env: NodeJS.ProcessEnv): Target {
  const { ODOO_WIRE_URL: url, ODOO_WIRE_DB: database = 'demo', ODOO_WIRE_BRAND: brand } = env
  if (!url) return { kind: 'sandbox', versions: VERSIONS, withOdoo: withSandbox }
  const version = VERSIONS.find((known) => String(known) === (env.ODOO_WIRE_VERSION ?? '18'))
  if (version === undefined) throw new Error(`ODOO_WIRE_VERSION must be one of ${VERSIONS.join(', ')}`)
  const odoo = odooAt(url.replace(/\/+$/, ''), database, brand)
  return { kind: 'given', versions: [version], withOdoo: (_version, act) => act(odoo) }
}

/** The sandbox is not for import here: it is started as a user starts it. */
async function withSandbox<T>(version: Version, act: (odoo: Odoo) => Promise<T>): Promise<T> {
  const sandbox = runSandboxCommand(['--odoo', String(version), '--port', '0', '--json'])
  try {
    await sandbox.printed(/\}\n$/)
    const facts = JSON.parse(sandbox.stdout())
    return await act(odooAt(textAt(facts, 'url'), textAt(facts, 'database')))
  } finally {
    await sandbox.stop()
  }
}
