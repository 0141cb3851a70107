import { endSession, newSessionId } from '../../session/session-store.ts'
import { type Answer, redirect } from '../answer.ts'
import { removedCookie } from '../cookies.ts'
import { localLocation } from '../location.ts'
import type { HttpExchange, Route } from '../route.ts'

/** The end of a session by following a link. */
export const LOG_OUT_ROUTES: readonly Route[] = [
  { paths: ['/web/session/logout'], kind: 'http', auth: 'none', portal: true, run: logOut },
]

function logOut({ engine, params, session }: HttpExchange): Answer {
  endSession(engine, session.id)
  return {
    ...redirect(303, localLocation(params.redirect ?? engine.version.pages.home)),
    cookies: [removedCookie('cids', engine.nowMs())],
    sessionId: newSessionId(engine),
  }
}
