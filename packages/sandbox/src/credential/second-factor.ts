import type { Engine } from '../engine/contract.ts'
import { sql } from '../sql/sql-text.ts'
import { stepOfCode } from './totp.ts'

/** The base32 secret of a user's authenticator; undefined without a second factor. */
export function secondFactorOf(engine: Engine, uid: number): string | undefined {
  const row = engine.db.get(sql`SELECT totp_secret FROM sandbox_credential WHERE user_id = ${uid}`)
  return typeof row?.totp_secret === 'string' ? row.totp_secret : undefined
}

/** Turns the second factor on; `usedStep` is the step of the code that proved it. */
export function setSecondFactor(engine: Engine, uid: number, secret: string, usedStep: number): void {
  engine.db.run(sql`
    INSERT INTO sandbox_credential (user_id, totp_secret, totp_last_counter) VALUES (${uid}, ${secret}, ${usedStep})
    ON CONFLICT (user_id) DO UPDATE SET totp_secret = excluded.totp_secret, totp_last_counter = excluded.totp_last_counter`)
}

/** Turns the second factor off. */
export function clearSecondFactor(engine: Engine, uid: number): void {
  engine.db.run(sql`
    UPDATE sandbox_credential SET totp_secret = NULL, totp_last_counter = NULL WHERE user_id = ${uid}`)
}

/** What a code is: only a right one was used up by looking at it. */
export type CodeJudgement = 'right' | 'wrong' | 'used' | 'too_many'

const HOUR_MS = 3600 * 1000

/** When a user's codes were looked at, since the last right one. A start forgets it, which a look-alike may. */
const checks = new WeakMap<Engine, Map<number, number[]>>()

/** Judges a code of a user's authenticator, and uses it up where the version says so (odoo 19.0 auth_totp, res_users.py). */
export function judgeCode(engine: Engine, uid: number, code: number): CodeJudgement {
  const { refusesUsedCodes, codeChecksPerHour = Number.POSITIVE_INFINITY } = engine.version.credentials
  const ofEngine = checks.get(engine) ?? new Map<number, number[]>()
  checks.set(engine, ofEngine)
  const recent = (ofEngine.get(uid) ?? []).filter((at) => at > engine.nowMs() - HOUR_MS)
  if (recent.length >= codeChecksPerHour) return 'too_many'
  ofEngine.set(uid, [...recent, engine.nowMs()])
  const secret = secondFactorOf(engine, uid)
  const step = secret === undefined ? undefined : stepOfCode(secret, code, engine.nowMs())
  if (step === undefined) return 'wrong'
  if (refusesUsedCodes) {
    const row = engine.db.get(sql`SELECT totp_last_counter FROM sandbox_credential WHERE user_id = ${uid}`)
    if (typeof row?.totp_last_counter === 'number' && step <= row.totp_last_counter) return 'used'
    engine.db.run(sql`UPDATE sandbox_credential SET totp_last_counter = ${step} WHERE user_id = ${uid}`)
  }
  ofEngine.delete(uid)
  return 'right'
}

/** The number that a person typed as a code: blanks do not count. Undefined for what Python's `int` does not take. */
export function codeFrom(text: string): number | undefined {
  const compact = text.replace(/\s/g, '')
  return /^[+-]?\d+(_\d+)*$/.test(compact) ? Number(compact.replaceAll('_', '')) : undefined
}
