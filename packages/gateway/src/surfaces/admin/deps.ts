import type { Administrator } from '../../administration/administrator.ts'
import type { PolicyDeps } from '../../administration/apply-policy.ts'
import type { BindingDeps } from '../../administration/bound-credential.ts'
import type { EndGrantsDeps } from '../../administration/end-grants.ts'
import type { Prover } from '../../administration/prove-within-limits.ts'

/** What the admin API works with. */
export type AdminDeps = {
  /** Who bears this token (`administration/admit-administrator.ts`). */
  admit(token: string): Promise<Administrator>
  /** What the core of administration takes. */
  readonly node: PolicyDeps & BindingDeps & EndGrantsDeps
  /** Whoever shows a password of Odoo here can guess at one. */
  readonly throttle: Prover['throttle']
  /** The names of the databases that there are. */
  readonly databases: readonly string[]
  /** How each of them is now. */
  databaseStates(): Promise<readonly ShownDatabaseState[]>
}

type ShownDatabaseState = {
  readonly name: string
  readonly url: string
  readonly reachable: boolean
  readonly version?: string
  readonly reason?: string
}
