import { createHash, scryptSync, timingSafeEqual } from 'node:crypto'
import type { Engine } from '../engine/contract.ts'
import { sql } from '../sql/sql-text.ts'

/** Cost of a hash: some 5 ms. A look-alike with published passwords needs no more, and tests sign in often. */
const COST = { N: 2048, r: 8, p: 1 }

/** Gives a user a password; an empty one closes the account to passwords. */
export function setPassword(engine: Engine, uid: number, password: string): void {
  const kept = password === '' ? null : hashed(password, engine.randomBytes(16).toString('hex'))
  engine.db.run(sql`
    INSERT INTO sandbox_credential (user_id, password) VALUES (${uid}, ${kept})
    ON CONFLICT (user_id) DO UPDATE SET password = excluded.password`)
}

/** Is it the user's password? On 17 the token of a sign-in through a provider counts as one. */
export function isPassword(engine: Engine, uid: number, password: string): boolean {
  if (password === '') return false
  if (engine.version.credentials.tokenIsPassword && isToken(engine, uid, password)) return true
  const kept = engine.db.get(sql`SELECT password FROM sandbox_credential WHERE user_id = ${uid}`)?.password
  if (typeof kept !== 'string') return false
  const [salt = ''] = kept.split('$')
  return timingSafeEqual(Buffer.from(kept), Buffer.from(hashed(password, salt)))
}

function isToken(engine: Engine, uid: number, given: string): boolean {
  const kept = engine.db.get(sql`SELECT oauth_access_token FROM res_users WHERE id = ${uid}`)?.oauth_access_token
  return typeof kept === 'string' && timingSafeEqual(digest(kept), digest(given))
}

/** Texts of one length, whatever theirs was: only such are compared in constant time. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function hashed(password: string, salt: string): string {
  return `${salt}$${scryptSync(password, salt, 32, COST).toString('hex')}`
}
