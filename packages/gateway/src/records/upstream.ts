import type { OdooCapabilities } from '@odoo-gatehouse/odoo/client'
import type { ModelSchema } from '@odoo-gatehouse/odoo/schema'
import type { Caller } from '../policy/caller.ts'

/** What the records need from the Odoo behind the caller; every call runs there as the caller's own user. */
export type RecordsUpstream = {
  /** What the version behind the caller's database can do. */
  capabilities(): Promise<OdooCapabilities>
  /** The model as this user sees it (`fields_get`); undefined if Odoo does not have it. */
  schemaOf(model: string): Promise<ModelSchema | undefined>
  /** The user's current company (`res.users.company_id`), at most a minute old; undefined where Odoo does not tell. */
  companyId(): Promise<number | undefined>
  /**
   * `call_kw` on the caller's session.
   *
   * @throws OdooFault if Odoo refused, OdooUnreachable if it did not answer.
   */
  call(
    model: string,
    method: string,
    args: readonly unknown[],
    kwargs: Readonly<Record<string, unknown>>,
  ): Promise<unknown>
  /**
   * Lets identical reads of this sign-in that are under way at the same time share one answer. `key` names everything
   * that is asked. A read that arrives after a write never joins one that began before it.
   */
  share<Answer>(key: string, read: () => Promise<Answer>): Promise<Answer>
}

/** Who calls, through which API, and the Odoo behind it. */
export type RecordsContext = Caller & { readonly upstream: RecordsUpstream }
