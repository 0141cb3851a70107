import type { Clock } from '../kernel/clock.ts'
import { newId } from '../kernel/id.ts'
import type { Random } from '../kernel/random.ts'
import { insertAuditEvent } from '../store/audit-events.ts'
import type { Handle } from '../store/tables.ts'

/** What an administrator may change. */
export const CHANGED_SUBJECTS = [
  'api',
  'key',
  'client',
  'credential',
  'grant',
  'owner',
  'signing_key',
  'master_key',
  'store',
] as const

/** One of the closed set of subjects. */
export type ChangedSubject = (typeof CHANGED_SUBJECTS)[number]

/** A change that an administrator made. */
export type AdministrativeChange = {
  readonly subject: ChangedSubject
  /** What was done to it: `created`, `changed`, `removed`, `rotated`, `revoked`, … */
  readonly action: string
  /** Who did it: `command`, `owner:<name>`, `<login>@<database>`. */
  readonly by: string
  /** What people know the subject by: a name, a prefix, a key id. Never a secret. */
  readonly name: string
  readonly database?: string | undefined
  readonly api?: string | undefined
  readonly clientId?: string | undefined
  /** The Odoo user whom it concerns. */
  readonly uid?: number | undefined
  readonly login?: string | undefined
  readonly grantId?: string | undefined
}

/** What recording takes. */
export type RecordChangeDeps = { readonly clock: Clock; readonly random: Random }

/**
 * Keeps in the audit trail who changed what, as an event of kind `<subject>_changed`. Part of the transaction that makes
 * the change: neither is there without the other.
 */
export async function recordChange(
  tx: Handle,
  { subject, action, by, name, ...whose }: AdministrativeChange,
  { clock, random }: RecordChangeDeps,
): Promise<void> {
  await insertAuditEvent(tx, {
    id: newId('ev', random),
    atMs: clock.nowMs(),
    kind: `${subject}_changed`,
    ...whose,
    detail: { action, by, name },
  })
}
