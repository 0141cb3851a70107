import type { UserPrincipal } from '../kernel/principal.ts'
import type { Api } from './api.ts'

/** Who calls, and through which door. */
export type Caller = {
  readonly principal: UserPrincipal
  readonly api: Api
  /** The address of the client, which Odoo is told. */
  readonly address?: string | undefined
  /** The user's current company in Odoo; looked up only for an API whose forced domains ask for it. */
  readonly companyId?: number | undefined
}
