import type { Attempter, Throttle, Verdict } from '../identity/throttle/throttle.ts'
import { GatehouseError } from '../kernel/error.ts'
import { type OdooUserAsked, type ProveDeps, type ProvenOdooUser, proveOdooUser } from '../upstream/prove-odoo-user.ts'

/** Somebody over the network who shows a password or a key: their failures count like those of sign-ins. */
export type Prover = { readonly by: Attempter; readonly throttle: Pick<Throttle, 'signIn'> }

/** What the refusals of a proof say of the credential. */
const VERDICTS: ReadonlyMap<string, Verdict> = new Map([
  ['proof.refused', 'wrong'],
  ['proof.second_factor', 'right'],
  ['proof.cooldown', 'paused'],
])

/**
 * Asks Odoo whether a password or key is good for a user, within the limits of failed sign-ins.
 *
 * @throws proof.*, odoo.*, throttle.limited
 */
export async function proveWithinLimits(
  asked: OdooUserAsked,
  { by, throttle }: Prover,
  odoo: ProveDeps,
): Promise<ProvenOdooUser> {
  const answer = await throttle.signIn(
    { database: asked.database, login: asked.login },
    by,
    () => proveOdooUser(asked, odoo, by.address).catch(refusalOf),
    (proven) => (proven instanceof GatehouseError ? (VERDICTS.get(proven.code) ?? 'open') : 'right'),
  )
  if (answer instanceof GatehouseError) throw answer
  return answer
}

/** A refusal is an answer, to be judged; whatever else went wrong says nothing of the credential. */
function refusalOf(error: unknown): GatehouseError {
  if (error instanceof GatehouseError && VERDICTS.has(error.code)) return error
  throw error
}
