import type { Random } from '../kernel/random.ts'
import { insertSigningKey, listSigningKeys, retireSigningKey } from '../store/signing-keys.ts'
import { type KeepSigningKeys, keepSigningKeys } from '../tokens/keep-signing-keys.ts'
import { makeSecretKey, SECRET_BYTES_MIN } from '../tokens/make-signing-key.ts'
import { administrationErrors } from './errors.ts'
import { recordChange } from './record-change.ts'

/** Which API. */
export type ApiOfSecret = { readonly database: string; readonly name: string }

/** What changing secrets of APIs takes. */
export type ApiSecretDeps = KeepSigningKeys & { readonly random: Random }

/**
 * Gives an API a secret of its own: its tokens are signed with it (HS256) from then on, so that its other side verifies
 * them without asking. A secret that it had before goes on verifying for `KEY_OVERLAP_MS`. Answers the id of the key.
 *
 * @param secret the bytes that the other side has
 * @throws admin.invalid for fewer than 32 bytes
 */
export async function setApiSecret(
  { database, name }: ApiOfSecret,
  secret: Uint8Array,
  by: string,
  deps: ApiSecretDeps,
): Promise<string> {
  if (secret.length < SECRET_BYTES_MIN) {
    throw administrationErrors['admin.invalid']({
      message: `The secret of an API must have at least ${SECRET_BYTES_MIN} bytes; this one has ${secret.length}: let one be made with --new.`,
      data: { field: 'secret' },
    })
  }
  const key = makeSecretKey(secret, { database, api: name }, deps)
  await deps.store.transaction(async (tx) => {
    await insertSigningKey(tx, key)
    await recordChange(
      tx,
      { subject: 'signing_key', action: 'secret set', by, name: key.kid, database, api: name },
      deps,
    )
  })
  await keepSigningKeys(Number.POSITIVE_INFINITY, deps)
  return key.kid
}

/**
 * Takes every secret of an API out of use at once: what they signed is refused within seconds, and its tokens are signed
 * with the key pair of the installation again. Answers the ids of the keys.
 */
export async function retireApiSecrets(
  { database, name }: ApiOfSecret,
  by: string,
  deps: ApiSecretDeps,
): Promise<readonly string[]> {
  return deps.store.transaction(async (tx) => {
    const kids = (await listSigningKeys(tx))
      .filter(({ of }) => of?.database === database && of.api === name)
      .map(({ kid }) => kid)
    for (const kid of kids) {
      await retireSigningKey(tx, kid, deps.clock.nowMs())
      const change = { subject: 'signing_key', action: 'retired', by, name: kid, database, api: name } as const
      await recordChange(tx, change, deps)
    }
    return kids
  })
}
