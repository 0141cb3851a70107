import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Gateway, startGateway } from './gateway-process.ts'
import { textAt } from './json-reading.ts'
import { type OdooBetween, openBetween } from './odoo-between.ts'
import { odooSettings } from './settings.ts'
import { target } from './target.ts'

/** A gateway whose Odoo can be watched and disturbed. */
export type WatchedGateway = { readonly url: string; readonly odoo: OdooBetween; stop(): Promise<void> }

/**
 * Starts a gateway in front of the Odoo of this run, or of a sandbox, with a test's own eyes between the two.
 *
 * @param settings over those that the gateways of a run have
 */
export async function startWatched(settings: object = {}): Promise<WatchedGateway> {
  const sandbox = target.upstream.ODOO_URL ? undefined : await startGateway()
  const odoo = await openBetween(target.upstream.ODOO_URL ?? sandboxUrlOf(sandbox))
  const env = { ODOO_URL: odoo.url, ODOO_DB: target.database }
  const gateway = await startGateway({ settings: { ...odooSettings(target.database), ...settings }, env })
  return {
    url: gateway.url,
    odoo,
    stop: async () => {
      await gateway.stop()
      await odoo.close()
      await sandbox?.stop()
    },
  }
}

function sandboxUrlOf(sandbox: Gateway | undefined): string {
  if (!sandbox) throw new Error('no sandbox')
  return textAt(JSON.parse(readFileSync(join(sandbox.dataDir, 'demo-credentials.json'), 'utf8')), 'sandbox_url')
}
