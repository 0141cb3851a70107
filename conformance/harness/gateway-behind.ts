import { sandboxUrlOf } from './demo-credentials.ts'
import { startGateway } from './gateway-process.ts'
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
  const behind = await odooBehind()
  const odoo = await openBetween(behind.url)
  const env = { ODOO_URL: odoo.url, ODOO_DB: target.database }
  const gateway = await startGateway({ settings: { ...odooSettings(target.database), ...settings }, env })
  return {
    url: gateway.url,
    odoo,
    stop: async () => {
      await gateway.stop()
      await odoo.close()
      await behind.stop()
    },
  }
}

async function odooBehind(): Promise<{ readonly url: string; stop(): Promise<unknown> }> {
  const { ODOO_URL } = target.upstream
  if (ODOO_URL !== undefined) return { url: ODOO_URL, stop: async () => {} }
  const sandbox = await startGateway()
  return { url: sandboxUrlOf(sandbox), stop: () => sandbox.stop() }
}
