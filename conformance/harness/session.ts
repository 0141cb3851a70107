import { setTimeout as wait } from 'node:timers/promises'
import { type Answer, call, type RequestHeaders } from './http-call.ts'
import { numberAt, textAt } from './json-reading.ts'
import type { Login } from './target.ts'

/** One sign-in (a grant) and its two tokens as they were given. */
export type Session = {
  readonly url: string
  readonly userId: number
  readonly login: string
  readonly token: string
  readonly refreshToken: string
  /** An access token with some life left: `token`, or a newer one. */
  bearer(): Promise<string>
}

/** Where and how to sign in. */
export type SignInOptions = {
  /** Default `/api/authenticate`. */
  readonly path?: '/api/authenticate' | '/api/login'
  /** The API to bind the grant to (`X-Gatehouse-Api`). */
  readonly api?: string | undefined
  readonly headers?: RequestHeaders
}

/** An access token older than this is renewed before it is used, in milliseconds. */
const RENEW_AFTER_MS = 30_000

/** A user agent that is a browser's. */
export const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36'

/** Signs in as an app: both tokens come in the body. Throws when the gateway refuses. */
export async function signIn(url: string, user: Login, options: SignInOptions = {}): Promise<Session> {
  const answer = await sendSignIn(url, user, options)
  if (answer.status !== 200) throw new Error(`sign-in of ${user.login}: ${answer.status} ${answer.text}`)
  let token = textAt(answer.json, 'token')
  const session = {
    url,
    userId: numberAt(answer.json, 'user_id'),
    login: user.login,
    token,
    refreshToken: textAt(answer.json, 'refreshToken'),
  }
  let madeAtMs = Date.now()
  const bearer = async () => {
    if (Date.now() - madeAtMs > RENEW_AFTER_MS) {
      const renewed = await updateAccessToken(session)
      token = textAt(renewed.json, 'access_token')
      madeAtMs = Date.now()
    }
    return token
  }
  return { ...session, bearer }
}

/** Sends a sign-in and answers what came. */
export function sendSignIn(url: string, user: Login, options: SignInOptions = {}): Promise<Answer> {
  return call(url, {
    path: options.path ?? '/api/authenticate',
    headers: { 'X-Gatehouse-Api': options.api, ...options.headers },
    json: { login: user.login, password: user.password },
  })
}

/** What a browser holds after its sign-in. */
export type BrowserSession = {
  readonly url: string
  readonly userId: number
  readonly token: string
  readonly cookie: string
}

/** Signs in as a browser: the refresh token comes as a cookie. `cookie` is what the `Cookie` header then carries. */
export async function signInAsBrowser(url: string, user: Login, options: SignInOptions = {}): Promise<BrowserSession> {
  const answer = await sendSignIn(url, user, { ...options, headers: { 'User-Agent': BROWSER, ...options.headers } })
  const cookie = answer.cookies.find((one) => one.name === 'refreshToken')
  if (answer.status !== 200 || !cookie) throw new Error(`sign-in as a browser: ${answer.status} ${answer.text}`)
  return {
    url,
    userId: numberAt(answer.json, 'user_id'),
    token: textAt(answer.json, 'token'),
    cookie: `refreshToken=${cookie.value}`,
  }
}

/** The parts of a session that the token calls need. */
export type Tokens = Pick<Session, 'url' | 'userId' | 'token' | 'refreshToken'>

/** `POST /api/update/access-token` with the refresh token in its header. */
export function updateAccessToken(tokens: Omit<Tokens, 'token'>): Promise<Answer> {
  return call(tokens.url, {
    path: '/api/update/access-token',
    headers: { refreshToken: tokens.refreshToken },
    json: { user_id: tokens.userId },
  })
}

/** `POST /api/update/refresh-token` with both tokens in headers. */
export function updateRefreshToken(tokens: Tokens): Promise<Answer> {
  return call(tokens.url, {
    path: '/api/update/refresh-token',
    headers: { Authorization: `Bearer ${tokens.token}`, refreshToken: tokens.refreshToken },
    json: { user_id: tokens.userId },
  })
}

/** `POST /api/revoke/token` with both tokens in headers. */
export function revoke(tokens: Tokens): Promise<Answer> {
  return call(tokens.url, {
    path: '/api/revoke/token',
    headers: { Authorization: `Bearer ${tokens.token}`, refreshToken: tokens.refreshToken },
    json: {},
  })
}

/** `POST /api/protected/json` with these headers. */
export function readProtected(url: string, headers: RequestHeaders): Promise<Answer> {
  return call(url, { path: '/api/protected/json', headers, json: {} })
}

/** `POST /api/protected/json` with the access token as Bearer. */
export function useToken(url: string, token: string): Promise<Answer> {
  return readProtected(url, { Authorization: `Bearer ${token}` })
}

/** Rotates and answers the tokens with the successor in place. Throws when the gateway refuses. */
export async function rotate<T extends Tokens>(tokens: T): Promise<T> {
  const answer = await updateRefreshToken(tokens)
  if (answer.status !== 200) throw new Error(`rotation: ${answer.status} ${answer.text}`)
  return { ...tokens, refreshToken: textAt(answer.json, 'refreshToken') }
}

/** Repeats the call until it answers the status; the milliseconds that took, or `undefined` after the limit. */
export async function waitForStatus(
  send: () => Promise<Answer>,
  status: number,
  limitMs: number,
): Promise<number | undefined> {
  const start = Date.now()
  while (Date.now() - start <= limitMs) {
    if ((await send()).status === status) return Date.now() - start
    await wait(50)
  }
  return undefined
}
