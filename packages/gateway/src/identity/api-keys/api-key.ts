import { newSecret } from '../../kernel/id.ts'
import type { Random } from '../../kernel/random.ts'

/** What every API key begins with, so that people, programs and scanners for leaked secrets know it for one. */
const PREFIX = 'ghk_'

/** How much of a key is kept in clear, by which people recognise it: 48 of its 256 bits. */
const SHOWN_LENGTH = 12

/** A new API key: `ghk_` and 256 random bits as base64url. */
export function newApiKey(random: Random): string {
  return `${PREFIX}${newSecret(random)}`
}

/** True for what looks like an API key of ours: whether it is good is another question. */
export function isApiKey(text: string): boolean {
  return text.startsWith(PREFIX)
}

/** The beginning of a key, for lists and messages. */
export function shownPartOf(key: string): string {
  return key.slice(0, SHOWN_LENGTH)
}
