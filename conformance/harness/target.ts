import { inject } from 'vitest'
import { type Gateway, type GatewayOptions, startGateway } from './gateway-process.ts'
import { odooSettings, sandboxSettings } from './settings.ts'

/** A user of the Odoo behind the gateway. */
export type Login = { readonly login: string; readonly password: string }

/** The gateway under test. */
export type Target = {
  /** `sandbox`: started here with the embedded Odoo. `odoo`: started here with a real one. `external`: it was there. */
  readonly kind: 'sandbox' | 'odoo' | 'external'
  readonly url: string
  /** Its `GATEHOUSE_URL`: what `iss` must be. */
  readonly publicUrl: string
  readonly database: string
  readonly users: { readonly admin: Login; readonly demo: Login; readonly portal: Login }
  /** Whether it runs with the APIs of `settings.ts`. */
  readonly hasExtraApis: boolean
  /** The environment that leads a gateway to the same Odoo. */
  readonly upstream: Readonly<Record<string, string>>
}

declare module 'vitest' {
  interface ProvidedContext {
    readonly gatehouse: Target
  }
}

/** The gateway that all suites of a run share. Suites make their own records and never count on those of others. */
export const target: Target = inject('gatehouse')

/** Whether the Odoo behind may be 17, which cannot search by `display_name`; only of the sandbox is its version known. */
export const mayBeOdoo17 = target.kind !== 'sandbox' || target.upstream.GATEHOUSE_SANDBOX_ODOO === '17'

/** Whether a suite can start gateways of its own, with other settings; it cannot where one was given. */
export const canStartGateways = target.kind !== 'external'

/** Starts a gateway of the suite's own on the same Odoo as the shared one, with the same APIs unless it names others. */
export function startOwnGateway({ settings, ...options }: OwnGatewayOptions = {}): Promise<Gateway> {
  const { ODOO_DB } = target.upstream
  return startGateway({
    ...options,
    settings: { ...(ODOO_DB ? odooSettings(ODOO_DB) : sandboxSettings()), ...settings },
    env: { ...target.upstream, ...options.env },
  })
}

/** As for any gateway, but that its settings are an object. */
type OwnGatewayOptions = Omit<GatewayOptions, 'settings'> & { readonly settings?: object }
