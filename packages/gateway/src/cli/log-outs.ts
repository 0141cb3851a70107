import type { Logger } from 'pino'
import type { Challenges } from '../identity/mfa/challenges.ts'
import type { OdooSessions } from '../upstream/odoo-sessions.ts'
import { createBackground } from './background.ts'

/** Tells Odoo of sessions that nobody needs any more, while calls go on. */
export type LogOuts = {
  /** Has this session logged out, when its turn comes. */
  add(odooSessionId: string): void
  /** Adds what could not be told to Odoo when it was its time, unless a round is still under way. */
  addLeft(): Promise<void>
  /** Waits for those that are under way, `deadlineMs` at the longest. */
  settle(deadlineMs: number): Promise<void>
}

/** What logging out takes. */
export type LogOutsDeps = {
  readonly sessions: Pick<OdooSessions, 'end' | 'leftToEnd' | 'cancel'>
  readonly challenges: Pick<Challenges, 'unfinished' | 'use'>
  readonly log: Logger
}

/** Log-outs at once: calls of users wait for the same connections. */
const AT_ONCE = 4

/** How many of each kind one round tries again. */
const LEFT_MAX = 20

/** Begins with none. One that fails is logged, and tried again in a later round. */
export function createLogOuts({ sessions, challenges, log }: LogOutsDeps): LogOuts {
  const background = createBackground(AT_ONCE, (error) =>
    log.warn({ err: error }, 'Odoo could not be told of a log-out'),
  )
  const add = (odooSessionId: string) => background.add(() => sessions.end(odooSessionId))
  return {
    add,
    addLeft: async () => {
      if (background.busy()) return
      for (const id of await sessions.leftToEnd(LEFT_MAX)) add(id)
      for (const challenge of await challenges.unfinished(LEFT_MAX)) {
        background.add(async () => {
          await sessions.cancel(challenge.database, challenge.half)
          await challenges.use(challenge)
        })
      }
    },
    settle: (deadlineMs) => background.settle(deadlineMs),
  }
}
