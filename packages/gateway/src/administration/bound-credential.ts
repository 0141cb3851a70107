import { throttleErrors } from '../identity/throttle/errors.ts'
import type { Clock } from '../kernel/clock.ts'
import { newId } from '../kernel/id.ts'
import type { Random } from '../kernel/random.ts'
import { noteChange } from '../store/changes.ts'
import { deleteOdooCredential, findOdooCredential, insertOdooCredential } from '../store/odoo-credentials.ts'
import { endOdooSession } from '../store/odoo-sessions.ts'
import { sealPurpose } from '../store/sealed-values.ts'
import type { Store } from '../store/store.ts'
import type { Handle } from '../store/tables.ts'
import type { Sealer } from '../tokens/sealer.ts'
import {
  type OdooUserAsked,
  type ProveDeps,
  type ProvenOdooUser,
  proofErrors,
  proveOdooUser,
} from '../upstream/prove-odoo-user.ts'

import { type Prover, proveWithinLimits } from './prove-within-limits.ts'

/** What binding keys and clients to Odoo users takes. */
export type BindingDeps = {
  readonly store: Store
  readonly sealer: Sealer
  readonly clock: Clock
  readonly random: Random
  readonly odoo: ProveDeps
  /** Who asks over the network; absent on the command line, whose user holds the whole node. */
  readonly prover?: Prover
}

/** What binding may be refused with. */
export const bindingErrors = [...Object.values(proofErrors), throttleErrors['throttle.limited']]

/** What acts for a key or a client, for people: the user, and by which kind of credential. */
export type BoundUser = Pick<ProvenOdooUser, 'uid' | 'login' | 'administrator' | 'kind'>

/**
 * Asks Odoo whether what is given is good for the user, and keeps it together with what it is for. Where that fails, a
 * session that was opened for it is logged out.
 *
 * @param keep writes whatever the credential is for, in the same transaction
 * @throws proof.*, odoo.* (`prove-odoo-user.ts`), throttle.limited; then nothing was stored
 */
export async function bindOdooUser<Kept>(
  asked: OdooUserAsked,
  keep: (tx: Handle, credentialId: string, user: BoundUser) => Promise<Kept>,
  { store, sealer, clock, random, odoo, prover }: BindingDeps,
): Promise<Kept> {
  const proven = await (prover === undefined ? proveOdooUser(asked, odoo) : proveWithinLimits(asked, prover, odoo))
  const id = newId('oc', random)
  const nowMs = clock.nowMs()
  try {
    return await store.transaction(async (tx) => {
      const { database, uid, login, kind, secret, odooSessionId } = proven
      const sealedSecret = sealer.seal(sealPurpose('odoo_credential', id), secret)
      const times = { createdAtMs: nowMs, checkedAtMs: nowMs, failedAtMs: undefined }
      await insertOdooCredential(tx, { id, database, uid, login, kind, sealedSecret, odooSessionId, ...times })
      const kept = await keep(tx, id, proven)
      await noteChange(tx, 'credentials')
      return kept
    })
  } catch (error) {
    // What could not be kept is what the caller is told of, whether Odoo hears of the log-out or not.
    if (proven.odooSessionId !== undefined) await odoo.sessions.end(proven.odooSessionId).catch(() => undefined)
    throw error
  }
}

/** Forgets a credential, secret and all. Its session ends here; a gateway logs it out in Odoo when it sweeps. */
export async function releaseCredential(tx: Handle, id: string, nowMs: number): Promise<void> {
  const credential = await findOdooCredential(tx, id)
  if (credential === undefined) return
  await deleteOdooCredential(tx, id)
  if (credential.odooSessionId !== undefined) await endOdooSession(tx, credential.odooSessionId, nowMs)
  await noteChange(tx, 'credentials')
}
