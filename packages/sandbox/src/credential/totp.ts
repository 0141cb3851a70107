import { createHmac } from 'node:crypto'

/** Seconds that a code holds (RFC 6238 §4.1). */
const STEP_SECONDS = 30

/** How many steps a clock may be off, to either side (odoo 18.0 totp.py, TOTP.match). */
const WINDOW_STEPS = 1

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/**
 * The step whose code this is, of those around the moment: six digits made with SHA-1 (RFC 6238, RFC 4226 §5.3). The code
 * is a number, as Odoo reads it: leading zeroes do not count. Undefined when it is none of them.
 */
export function stepOfCode(secret: string, code: number, nowMs: number): number | undefined {
  const key = fromBase32(secret)
  const now = Math.floor(nowMs / 1000 / STEP_SECONDS)
  for (let step = now - WINDOW_STEPS; step <= now + WINDOW_STEPS; step++) {
    if (codeOf(key, step) === code) return step
  }
  return undefined
}

/** 160 bits as base32, as RFC 4226 §4 R6 recommends them. */
export function newTotpSecret(randomBytes: (size: number) => Buffer): string {
  // 256 values are 8 times the alphabet: each letter is as likely as any other.
  return [...randomBytes(32)].map((byte) => BASE32[byte % 32]).join('')
}

/** The six digits that an authenticator shows for a secret at a moment. */
export function codeAt(secret: string, nowMs: number): string {
  const code = codeOf(fromBase32(secret), Math.floor(nowMs / 1000 / STEP_SECONDS))
  return String(code).padStart(6, '0')
}

function codeOf(key: Buffer, step: number): number {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const digest = createHmac('sha1', key).update(counter).digest()
  const offset = digest.readUInt8(digest.length - 1) & 0xf
  return (digest.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000
}

function fromBase32(text: string): Buffer {
  const bytes: number[] = []
  let kept = 0
  let bits = 0
  for (const letter of text.replace(/[\s=]/g, '').toUpperCase()) {
    kept = ((kept << 5) | BASE32.indexOf(letter)) & 0xfff
    bits += 5
    if (bits < 8) continue
    bits -= 8
    bytes.push((kept >> bits) & 0xff)
  }
  return Buffer.from(bytes)
}
