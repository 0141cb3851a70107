import { readFileSync } from 'node:fs'
import { isJsonObject } from '../../kernel/json.ts'
import { createOdooDatabases } from '../../upstream/odoo-databases.ts'
import { createOdooSessions } from '../../upstream/odoo-sessions.ts'
import type { ProveDeps } from '../../upstream/prove-odoo-user.ts'
import { DEMO_DATABASE } from '../configured.ts'
import { demoCredentialsFile } from '../demo/demo-credentials.ts'
import { CommandError } from './frame.ts'
import type { Node } from './node.ts'

/**
 * Runs what has to ask Odoo, with a way to every Odoo that the settings name; to the sandbox while its gateway runs.
 *
 * @throws CommandError when the gateway with the sandbox has never run
 */
export async function withOdoo<Done>(node: Node, run: (odoo: ProveDeps) => Promise<Done>): Promise<Done> {
  const { settings, store, sealer, clock, random } = node
  const configured =
    settings.databases.length > 0 ? settings.databases : [{ name: DEMO_DATABASE, odooUrl: sandboxUrl(settings.data) }]
  const databases = createOdooDatabases(configured, { clock, onCall: () => {} })
  try {
    return await run({ databases, sessions: createOdooSessions({ store, sealer, databases, clock, random }) })
  } finally {
    await databases.close()
  }
}

/** Where the sandbox listens, as the gateway that runs it has written down. */
function sandboxUrl(data: string): string {
  try {
    const told: unknown = JSON.parse(readFileSync(demoCredentialsFile(data), 'utf8'))
    if (isJsonObject(told) && typeof told.sandbox_url === 'string') return told.sandbox_url
  } catch {
    // Not there or damaged: the sentence below says what to do in both cases.
  }
  throw new CommandError('There is no Odoo to ask: start the gateway (its sandbox), or set ODOO_URL and ODOO_DB.')
}
