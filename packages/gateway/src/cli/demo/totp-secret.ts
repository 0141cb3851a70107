import type { Random } from '../../kernel/random.ts'

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Characters of 5 bits: 160 bits, as RFC 4226 §4 recommends for the secret of a one-time password. */
const LENGTH = 32

/** A new secret for one-time passwords, in base32 (RFC 4648 §6) as authenticator apps take it. */
export function newTotpSecret(random: Random): string {
  // 32 divides 256, so that the remainder favours no character.
  return Array.from(random.bytes(LENGTH), (byte) => BASE32.charAt(byte % BASE32.length)).join('')
}
