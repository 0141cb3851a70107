import { createHmac } from 'node:crypto'
import type { Engine } from '../engine/contract.ts'
import { sql } from '../sql/sql-text.ts'

/** A session that a cookie names. Half open: the password was right, the second factor is missing. */
export type Session = {
  readonly id: string
  readonly uid: number | undefined
  readonly halfOpenUid: number | undefined
  /** Was a call made in it? The first one sends the cookie again in some versions. */
  readonly called: boolean
}

/** A session that is not used for so long ends: seven days. */
const IDLE_MAX_MS = 7 * 24 * 3600 * 1000

/** How stale the note of the last use may be; so a session that is used all the time is not written all the time. */
const USED_STEP_MS = 60_000

/** A new id: 84 characters of base64url (odoo 18.0 http.py, FilesystemSessionStore.generate_key). */
export function newSessionId(engine: Engine): string {
  return engine.randomBytes(63).toString('base64url')
}

/** The session of somebody who did not sign in: an id and nothing more. It is not kept, so any such id will do. */
export function nobodysSession(id: string): Session {
  return { id, uid: undefined, halfOpenUid: undefined, called: false }
}

/** Opens a session for a user, whole or half. */
export function openSession(engine: Engine, uid: number, halfOpen: boolean): Session {
  const id = newSessionId(engine)
  const token = halfOpen ? null : sessionToken(engine, id, uid)
  const now = engine.nowMs()
  engine.db.run(sql`
    INSERT INTO sandbox_session (id, uid, half_open_uid, token, called, used_ms, opened_ms)
    VALUES (${id}, ${halfOpen ? null : uid}, ${halfOpen ? uid : null}, ${token}, 0, ${now}, ${now})`)
  return { id, uid: halfOpen ? undefined : uid, halfOpenUid: halfOpen ? uid : undefined, called: false }
}

/**
 * The live session of an id. It is gone when it idled too long, when it was replaced some time ago, or when the user's
 * login, password, second factor or activity changed since: the token it was opened with says so (odoo 18.0 res_users.py,
 * _compute_session_token).
 */
export function findSession(engine: Engine, id: string): Session | undefined {
  const row = engine.db.get(sql`SELECT * FROM sandbox_session WHERE id = ${id}`)
  if (row === undefined) return undefined
  const uid = row.uid === null ? undefined : Number(row.uid)
  const now = engine.nowMs()
  const idle = now - Number(row.used_ms)
  const replaced = row.ends_ms !== null && now >= Number(row.ends_ms)
  if (replaced || idle > IDLE_MAX_MS || (uid !== undefined && row.token !== sessionToken(engine, id, uid))) {
    endSession(engine, id)
    return undefined
  }
  if (idle > USED_STEP_MS) engine.db.run(sql`UPDATE sandbox_session SET used_ms = ${now} WHERE id = ${id}`)
  const halfOpenUid = row.half_open_uid === null ? undefined : Number(row.half_open_uid)
  return { id, uid, halfOpenUid, called: row.called === 1 }
}

/** Lets a session live on although its user's credentials changed; to be called after the change. */
export function renewSession(engine: Engine, id: string): void {
  const row = engine.db.get(sql`SELECT uid FROM sandbox_session WHERE id = ${id}`)
  if (typeof row?.uid !== 'number') return
  engine.db.run(sql`UPDATE sandbox_session SET token = ${sessionToken(engine, id, row.uid)} WHERE id = ${id}`)
}

/** Notes that a call was made in the session. */
export function markCalled(engine: Engine, session: Session): void {
  if (!session.called) engine.db.run(sql`UPDATE sandbox_session SET called = 1 WHERE id = ${session.id}`)
}

/** Ends a session at once, and with it the one that it replaced. */
export function endSession(engine: Engine, id: string): void {
  engine.db.run(sql`DELETE FROM sandbox_session WHERE id = ${id} OR next_id = ${id}`)
}

/** How many characters of an id a rotation keeps, so that what is signed with them stays good. */
export const STABLE_LENGTH = 42

/** How long the id before a rotation lives on, for the requests that are on their way. */
const REPLACED_LIFE_MS = 120_000

/**
 * The id that a signed-in session goes on under: a new one when its own is old enough (`rotatesSessionsMs`), the same new
 * one for all requests that still name the old; undefined while there is no need (odoo 19.0 http.py, rotate with soft).
 */
export function rotateSession(engine: Engine, { id, uid }: Session): string | undefined {
  const everyMs = engine.rotatesSessionsMs()
  if (uid === undefined || everyMs === undefined) return undefined
  const row = engine.db.get(sql`SELECT opened_ms, next_id FROM sandbox_session WHERE id = ${id}`)
  const now = engine.nowMs()
  if (row === undefined || now < Number(row.opened_ms) + everyMs) return undefined
  if (typeof row.next_id === 'string') return row.next_id
  const next = id.slice(0, STABLE_LENGTH) + newSessionId(engine).slice(STABLE_LENGTH)
  engine.db.run(sql`
    INSERT INTO sandbox_session (id, uid, token, called, used_ms, identity_checked_ms, opened_ms)
    SELECT ${next}, uid, ${sessionToken(engine, next, uid)}, called, ${now}, identity_checked_ms, ${now}
    FROM sandbox_session WHERE id = ${id}`)
  engine.db.run(sql`
    UPDATE sandbox_session SET next_id = ${next}, ends_ms = ${now + REPLACED_LIFE_MS} WHERE id = ${id}`)
  engine.db.run(sql`DELETE FROM sandbox_session WHERE ends_ms <= ${now}`)
  return next
}

/** Ends every session of a user. */
export function endSessionsOf(engine: Engine, uid: number): void {
  engine.db.run(sql`DELETE FROM sandbox_session WHERE uid = ${uid}`)
}

function sessionToken(engine: Engine, id: string, uid: number): string | null {
  const row = engine.db.get(sql`
    SELECT u.id, u.login, u.active, u.oauth_access_token, c.password, c.totp_secret
    FROM res_users AS u LEFT JOIN sandbox_credential AS c ON c.user_id = u.id WHERE u.id = ${uid}`)
  if (row === undefined || row.active !== 1) return null
  return createHmac('sha256', id)
    .update(JSON.stringify(Object.values(row)))
    .digest('hex')
}
