import type { UserPrincipal } from '../kernel/principal.ts'
import { ApiInput } from './api.ts'
import type { Caller } from './caller.ts'
import { compileApi } from './compile-api.ts'
import { FULL_SCOPES } from './scope.ts'

/** One exposure as the settings file writes it. */
export type ExposureSetting = { readonly model: string; readonly [setting: string]: unknown }

/** Odoo's demo user, signed in with a password. */
export const DEMO_USER: UserPrincipal = {
  kind: 'user',
  database: 'demo',
  uid: 6,
  login: 'demo',
  grantId: 'grant_1',
  api: 'shop',
  clientId: 'client_1',
  scopes: FULL_SCOPES,
  administrator: false,
}

/** The demo user at an API with these exposures. */
export function callerOf(exposures: readonly ExposureSetting[], principal: Partial<UserPrincipal> = {}): Caller {
  const api = compileApi(ApiInput.parse({ name: 'shop', database: 'demo', exposures }))
  return { principal: { ...DEMO_USER, ...principal }, api }
}
