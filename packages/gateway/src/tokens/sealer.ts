import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto'
import type { GatehouseError } from '../kernel/error.ts'
import type { Random } from '../kernel/random.ts'
import { tokenErrors } from './errors.ts'

/** Keeps what Gatehouse must be able to read again: session ids, private keys, successors in their grace window. */
export type Sealer = {
  /** Names the master key without telling anything about it; written into every envelope. */
  readonly keyId: string
  /**
   * Encrypts and authenticates a text. It opens only for the same `purpose`, which names table, column and row
   * (`signing_key.sealed_private:<kid>`), so that a sealed value is worth nothing in any other place.
   */
  seal(purpose: string, text: string): string
  /**
   * The text again.
   *
   * @throws `sealed.unreadable` when it was sealed under another master key, for another purpose, or was altered.
   */
  open(purpose: string, sealed: string): string
}

/** The least length of the text that the master key is made from. */
export const MASTER_SECRET_LENGTH_MIN = 32

const CIPHER = 'aes-256-gcm'
const KEY_BYTES = 32
const TAG_BYTES = 16
const NONCE_BYTES = 12
const KEY_ID_BYTES = 8
const ENVELOPE = /^s1\.([\w-]{11})\.([\w-]{16})\.([\w-]{22,})$/

/**
 * The master key behind a secret text: HKDF-SHA256 (RFC 5869) without salt. For random secrets, not for passwords:
 * nothing here slows down guessing.
 *
 * @throws RangeError when the text is shorter than 32 characters.
 */
export function deriveMasterKey(secret: string): Uint8Array {
  if (secret.length < MASTER_SECRET_LENGTH_MIN) {
    throw new RangeError(`GATEHOUSE_SECRET must have at least ${MASTER_SECRET_LENGTH_MIN} characters.`)
  }
  return derive(Buffer.from(secret, 'utf8'), 'master key', KEY_BYTES)
}

/**
 * Seals with AES-256-GCM under a key derived from the master key. An envelope is `s1.<key id>.<nonce>.<ciphertext and
 * tag>`, the last three as base64url; version, key id and purpose are authenticated with it. The nonce is random, which
 * is sound up to 2^32 seals under one master key (NIST SP 800-38D §8.3): 10 rotations a second for 13 years.
 */
export function createSealer({ masterKey, random }: SealerOptions): Sealer {
  if (masterKey.length !== KEY_BYTES) throw new RangeError(`A master key has ${KEY_BYTES} bytes.`)
  const sealingKey = derive(masterKey, 'sealing', KEY_BYTES)
  const keyId = base64url(derive(masterKey, 'key id', KEY_ID_BYTES))

  return {
    keyId,
    seal(purpose, text) {
      const nonce = random.bytes(NONCE_BYTES)
      const cipher = createCipheriv(CIPHER, sealingKey, nonce, { authTagLength: TAG_BYTES })
      cipher.setAAD(associatedData(keyId, purpose))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return `s1.${keyId}.${base64url(nonce)}.${base64url(body)}`
    },
    open(purpose, sealed) {
      const [, sealedUnder, nonce, body] = ENVELOPE.exec(sealed) ?? []
      if (sealedUnder === undefined || nonce === undefined || body === undefined) throw unreadable('no envelope')
      if (sealedUnder !== keyId) throw unreadable(`sealed under master key ${sealedUnder}, not ${keyId}`)
      const bytes = Buffer.from(body, 'base64url')
      const decipher = createDecipheriv(CIPHER, sealingKey, Buffer.from(nonce, 'base64url'), {
        authTagLength: TAG_BYTES,
      })
      decipher.setAAD(associatedData(keyId, purpose))
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
      try {
        return Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]).toString('utf8')
      } catch (cause) {
        throw unreadable(`altered, or not sealed for ${purpose}`, cause)
      }
    },
  }
}

/** What a sealer is made of. */
export type SealerOptions = { readonly masterKey: Uint8Array; readonly random: Random }

/** A list as JSON, so that no purpose can be written that reads like another key's. */
function associatedData(keyId: string, purpose: string): Buffer {
  return Buffer.from(JSON.stringify(['s1', keyId, purpose]), 'utf8')
}

/** A key for one use: what one use gives away tells nothing about the others. */
function derive(secret: Uint8Array, use: string, bytes: number): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(), `gatehouse v1 ${use}`, bytes))
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url')
}

function unreadable(internal: string, cause?: unknown): GatehouseError {
  return tokenErrors['sealed.unreadable']({ internal, cause })
}
