import { type AskProvider, type OAuthProvider, ownerOfToken } from '../credential/oauth-subject.ts'
import type { Engine } from '../engine/contract.ts'
import { systemParameter } from '../engine/system-parameter.ts'
import { keyError, OdooFault, typeError } from '../fault/odoo-fault.ts'
import type { Session } from '../session/session-store.ts'
import { signInByProvider } from '../session/sign-in-by-provider.ts'
import { sql } from '../sql/sql-text.ts'
import { isObject } from '../value/is-object.ts'
import { type Answer, errorPage, htmlAnswer, redirect } from './answer.ts'
import { localLocation, withQuery } from './location.ts'
import { getFromThisMachine } from './outbound.ts'
import { isInternal } from './pages/web-client.ts'
import type { HttpExchange, Route } from './route.ts'

/** Where providers send browsers back to, with a token that says who they are (odoo 18.0 auth_oauth, controllers). */
export const OAUTH_ROUTES: readonly Route[] = [
  { paths: ['/auth_oauth/signin'], kind: 'http', auth: 'none', run: signIn },
  { paths: ['/auth_oauth/oea'], kind: 'http', auth: 'none', run: signInAtOdoo },
]

/** Providers answer behind a `#`, which no server sees: the script asks again with the answer in the query, or goes home. */
const FRAGMENT_PAGE = `<!DOCTYPE html>
<html><head><script>
const here = new URL(window.location.href)
const told = here.hash.slice(1)
const query = [here.search.slice(1), told].filter(Boolean).join('&')
window.location.replace(told === '' ? '/' : here.pathname + '?' + query)
</script></head><body></body></html>`

/** What Odoo gave the provider to hand back: database, provider, and where to go. */
type State = Readonly<Record<string, unknown>>

async function signIn(exchange: HttpExchange): Promise<Answer> {
  const { debug: _, ...params } = exchange.params
  if (Object.keys(params).length === 0) return htmlAnswer(FRAGMENT_PAGE)
  return await signInWith(exchange, stateIn(params.state))
}

/** The same for the first provider, Odoo's own, which hands nothing back; nobody is signed up through it. */
async function signInAtOdoo(exchange: HttpExchange): Promise<Answer> {
  const { engine, params } = exchange
  return await signInWith(exchange, { d: params.db || engine.database, p: 1, c: { no_user_creation: true } })
}

async function signInWith(exchange: HttpExchange, state: State): Promise<Answer> {
  const { engine, params, request, session: before } = exchange
  if (!('d' in state)) throw keyError('d')
  if (state.d !== engine.database) return errorPage(400)
  if (!('p' in state)) throw keyError('p')
  try {
    const provider = providerOf(engine, state.p)
    const accessToken = params.access_token
    const owner = await ownerOfToken(askerFor(engine), provider, accessToken)
    if (accessToken === undefined) throw keyError('access_token')
    const given = {
      provider: provider.id,
      owner,
      accessToken,
      mayCreate: !isObject(state.c) || !state.c.no_user_creation,
      address: request.remoteAddress,
    }
    const session = engine.db.transaction(() => signInByProvider(engine, given, before))
    return { ...afterSignIn(exchange, session, target(engine, state)), sessionId: session.id }
  } catch (error) {
    const denied = error instanceof OdooFault && error.exception === 'odoo.exceptions.AccessDenied'
    return redirect(303, `/web/login?oauth_error=${denied ? 3 : 2}`)
  }
}

function stateIn(text: string | undefined): State {
  if (text === undefined) throw keyError('state')
  let state: unknown
  try {
    state = JSON.parse(text)
  } catch {
    throw new OdooFault('json.decoder.JSONDecodeError', 'Expecting value: line 1 column 1 (char 0)')
  }
  if (!isObject(state)) throw typeError('the state is no object')
  return state
}

function providerOf(engine: Engine, id: unknown): OAuthProvider {
  const row = engine.db.get(sql`
    SELECT validation_endpoint, data_endpoint FROM auth_oauth_provider WHERE id = ${typeof id === 'number' ? id : 0}`)
  if (row === undefined) throw new Error('No such provider')
  const { validation_endpoint: validation, data_endpoint: data } = row
  return { id: Number(id), validationEndpoint: String(validation), dataEndpoint: data ? String(data) : undefined }
}

/** Asks with the token in the query, or in a header where a system parameter says so. */
function askerFor(engine: Engine): AskProvider {
  const inHeader = Boolean(systemParameter(engine, 'auth_oauth.authorization_header'))
  return async (endpoint, accessToken) => {
    const url = new URL(endpoint)
    if (!inHeader && accessToken !== undefined) url.searchParams.append('access_token', accessToken)
    const headers = inHeader ? { authorization: `Bearer ${accessToken ?? 'None'}` } : {}
    const { status, challenge, body } = await getFromThisMachine(url.href, headers)
    if (status >= 400) return { error: /^Bearer .*error="?([^",]*)/i.exec(challenge)?.[1] ?? 'invalid_request' }
    const answer: unknown = JSON.parse(body)
    if (!isObject(answer)) throw new TypeError('The provider answers no object')
    return answer
  }
}

/** Where the browser wanted to go. */
function target({ version }: Engine, { r: wanted, a: action, m: menu }: State): string {
  const home = version.pages.home
  if (typeof wanted === 'string' && wanted !== '') return decodeURIComponent(wanted.replaceAll('+', ' '))
  if (action) return home === '/web' ? `/web#action=${action}` : `${home}/action-${action}`
  if (menu) return home === '/web' ? `/web#menu_id=${menu}` : `${home}?menu_id=${menu}`
  return home
}

/** Customers may not see `/web`, which is what most providers are told. */
function afterSignIn(exchange: HttpExchange, session: Session, wanted: string): Answer {
  if (session.uid === undefined) return redirect(303, withQuery('/web/login/totp', { redirect: wanted }))
  const location = localLocation(wanted)
  const answer = redirect(303, location)
  const lands = location.split(/[?#]/, 1)[0] === '/web' && !isInternal(exchange, session.uid)
  return lands ? { ...answer, headers: { ...answer.headers, location: '/' } } : answer
}
