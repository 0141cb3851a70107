import { sessionExpired, typeError } from '../fault/odoo-fault.ts'
import { callKw } from '../rpc/call-kw.ts'
import { shownAction } from '../rpc/shown-action.ts'
import { openCallSession } from '../session/call-session.ts'
import { serverVersion, sessionInfo } from '../session/session-info.ts'
import { endSession, newSessionId, type Session } from '../session/session-store.ts'
import { signIn } from '../session/sign-in.ts'
import type { Answer } from './answer.ts'
import { resultAnswer } from './json-rpc.ts'
import type { JsonExchange, Route } from './route.ts'

/** The JSON routes of sessions and calls. What follows call_kw and call_button in a path is decoration: the body counts. */
export const JSON_ROUTES: readonly Route[] = [
  { paths: ['/web/session/authenticate'], kind: 'json', auth: 'none', run: authenticate },
  { paths: ['/web/session/get_session_info'], kind: 'json', auth: 'user', run: getSessionInfo },
  { paths: ['/web/session/check'], kind: 'json', auth: 'user', run: ({ call }) => resultAnswer(call.id, undefined) },
  { paths: ['/web/session/destroy'], kind: 'json', auth: 'user', run: destroySession },
  { paths: ['/web/webclient/version_info'], kind: 'json', auth: 'none', run: versionInfo },
  {
    paths: ['/web/dataset/call_kw', '/web/dataset/call_kw/<path:path>'],
    kind: 'json',
    auth: 'user',
    readsModel: true,
    run: (exchange) => called(exchange, (result) => result),
  },
  { paths: ['/web/dataset/call_button'], kind: 'json', auth: 'user', readsModel: true, run: runButton },
  {
    paths: ['/web/dataset/call_button', '/web/dataset/call_button/<path:path>'],
    since: 18,
    kind: 'json',
    auth: 'user',
    readsModel: true,
    run: runButton,
  },
]

function authenticate({ engine, request, call, session }: JsonExchange): Answer {
  const { db, login, password } = call.params
  for (const name of ['db', 'login', 'password']) {
    if (!(name in call.params)) {
      throw typeError(`Session.authenticate() missing 1 required positional argument: '${name}'`)
    }
  }
  const address = request.remoteAddress
  const opened = engine.db.transaction(() => signIn(engine, { db, login, password, address }, session))
  const info = opened.uid === undefined ? { uid: null } : sessionInfo(engine, opened.uid, `http://${request.host}`)
  return resultAnswer(call.id, info, opened.id)
}

function getSessionInfo(exchange: JsonExchange): Answer {
  const { id, uid } = signedIn(exchange)
  const info = sessionInfo(exchange.engine, uid, `http://${exchange.request.host}`)
  return resultAnswer(exchange.call.id, info, id)
}

function destroySession(exchange: JsonExchange): Answer {
  endSession(exchange.engine, signedIn(exchange).id)
  return resultAnswer(exchange.call.id, undefined, newSessionId(exchange.engine))
}

function versionInfo({ engine, call }: JsonExchange): Answer {
  const facts = { ...serverVersion(engine), server_serie: engine.version.serverVersion, protocol_version: 1 }
  return resultAnswer(call.id, facts)
}

/** A button answers an action or `false` (odoo 18.0 web, call_button). */
function runButton(exchange: JsonExchange): Answer {
  return called(exchange, shownAction)
}

function called(exchange: JsonExchange, shown: (result: unknown) => unknown): Answer {
  const { engine, call, request } = exchange
  const session = signedIn(exchange)
  const ofCall = openCallSession(engine, session, request.host)
  const result = shown(callKw(engine, session.uid, call.params, ofCall.session))
  return resultAnswer(call.id, result, ofCall.hasChanged() ? session.id : undefined)
}

/** The session of a route with `auth: 'user'`. */
function signedIn({ session }: JsonExchange): Session & { readonly uid: number } {
  if (session.uid === undefined) throw sessionExpired()
  return { ...session, uid: session.uid }
}
