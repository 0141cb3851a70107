import type { Random } from './random.ts'

const ID_BYTES = 12

/** A new identifier: `<prefix>_` and 96 random bits as base64url. Not a secret, never used as one. */
export function newId(prefix: string, random: Random): string {
  return `${prefix}_${Buffer.from(random.bytes(ID_BYTES)).toString('base64url')}`
}

/** A new secret for people or programs to keep: 256 random bits as base64url (43 characters). */
export function newSecret(random: Random): string {
  return Buffer.from(random.bytes(32)).toString('base64url')
}
