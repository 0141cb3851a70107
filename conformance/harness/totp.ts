import { createHmac } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'

const STEP_MS = 30_000

/** The code of an authenticator for a base32 secret at a moment: six digits (RFC 6238, with SHA-1 as Odoo has it). */
export function totpCode(secret: string, atMs: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(atMs / STEP_MS)))
  const digest = createHmac('sha1', fromBase32(secret)).update(counter).digest()
  const offset = (digest.at(-1) ?? 0) & 0xf
  return String((digest.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, '0')
}

/** A code that is not the right one, nor that of a step nearby. */
export function wrongCode(secret: string, atMs: number): string {
  const near = [-2, -1, 0, 1, 2].map((step) => totpCode(secret, atMs + step * STEP_MS))
  return ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !near.includes(code)) ?? '666666'
}

/** Waits for the next step where this one has a moment left only, so that a code is still good when it arrives. */
export async function steadyCode(secret: string): Promise<string> {
  const leftMs = STEP_MS - (Date.now() % STEP_MS)
  if (leftMs < 2_000) await wait(leftMs + 10)
  return totpCode(secret, Date.now())
}

function fromBase32(text: string): Buffer {
  const bits = [...text.replace(/[\s=]/g, '').toUpperCase()]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
