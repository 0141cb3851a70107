import type { CallSession, Engine } from '../engine/contract.ts'
import { sql } from '../sql/sql-text.ts'
import type { Session } from './session-store.ts'
import { renewSession } from './session-store.ts'

/** The session of a call, as methods may ask about it, and whether one of them changed it: Odoo sends its cookie then. */
export function openCallSession(
  engine: Engine,
  session: Session & { readonly uid: number },
  host: string,
): { readonly session: CallSession; hasChanged(): boolean } {
  const { id, uid } = session
  let changed = false
  return {
    hasChanged: () => changed,
    session: {
      host,
      identityCheckedMs() {
        const at = engine.db.get(sql`SELECT identity_checked_ms FROM sandbox_session WHERE id = ${id}`)
        return typeof at?.identity_checked_ms === 'number' ? at.identity_checked_ms : undefined
      },
      noteIdentityCheck() {
        changed = true
        engine.db.run(sql`UPDATE sandbox_session SET identity_checked_ms = ${engine.nowMs()} WHERE id = ${id}`)
      },
      renew() {
        changed = true
        renewSession(engine, id)
      },
      endOthers: () => void engine.db.run(sql`DELETE FROM sandbox_session WHERE uid = ${uid} AND id <> ${id}`),
    },
  }
}

/** What stands for a session in a call with a key over the web: it knows nothing of earlier calls, and ends with this one. */
export function passingCallSession(engine: Engine, uid: number, host: string): CallSession {
  let checkedMs: number | undefined
  return {
    host,
    identityCheckedMs: () => checkedMs,
    noteIdentityCheck: () => {
      checkedMs = engine.nowMs()
    },
    renew: () => undefined,
    endOthers: () => void engine.db.run(sql`DELETE FROM sandbox_session WHERE uid = ${uid}`),
  }
}
