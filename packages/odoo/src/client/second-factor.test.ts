import { describe, expect, test } from 'vitest'
import {
  beginSecondFactor,
  cancelSecondFactor,
  createOdooTransport,
  finishSecondFactor,
  type OdooTransport,
  type SecondFactorCode,
} from './index.ts'
import {
  type Answering,
  type Reply,
  resultReply,
  SESSION_A,
  SESSION_B,
  type SeenRequest,
  startOdoo,
} from './testing/recorded-odoo.ts'

/** The forms of odoo 18.0 auth_totp and auth_totp_mail_enforce (views/templates.xml), cut down to what is read. */
function page({ alert = '', mail = false } = {}): Reply {
  const alertText = alert === '' ? '' : `<p class="alert alert-danger" role="alert">\n  ${alert}\n</p>`
  const resend =
    '<form method="POST"><input type="hidden" name="csrf_token" value="tok"/><input type="hidden" name="send_email" value="1"/></form>'
  const body = `<!DOCTYPE html><html><form method="POST" action="" class="">
    <input type="hidden" name="csrf_token" value="tok" />
    <input type="hidden" name="redirect"/>
    <input id="totp_token" name="totp_token" class="form-control mb-2" required="required"/>${alertText}
    </form>${mail ? resend : ''}</html>`
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body }
}

function redirect(location: string, cookies: readonly string[] = []): Reply {
  return { status: 303, headers: { location, 'set-cookie': cookies }, body: '' }
}

const SIGNED_IN = redirect('/web', [`session_id=${SESSION_B}; Path=/`])
const INFO = resultReply({ uid: 9, username: 'totp', is_system: false, is_admin: false, user_context: {} })
const HALF = { sessionId: SESSION_A, csrfToken: 'tok' }

/** Runs a call on a server whose page answers so. */
async function on<T>(reply: Reply, run: (transport: OdooTransport) => Promise<T>, info: Reply = INFO) {
  const answering: Answering = ({ path }) => (path === '/web/session/get_session_info' ? info : reply)
  await using odoo = await startOdoo(answering)
  const transport = createOdooTransport({ url: odoo.url })
  try {
    const result = await run(transport)
    const [asked, told] = odoo.seen as readonly [SeenRequest, SeenRequest | undefined]
    return { result, asked, told }
  } finally {
    await transport.close()
  }
}

const begin = (reply: Reply, more: { trustedDevice?: string; forwardedFor?: string } = {}, info?: Reply) =>
  on(reply, (transport) => beginSecondFactor(transport, { sessionId: SESSION_A, ...more }), info)
const finish = (reply: Reply, more: Partial<SecondFactorCode> = {}, info?: Reply) =>
  on(reply, (transport) => finishSecondFactor(transport, HALF, { code: '123 456', ...more }), info)

describe('the page that asks for the code', () => {
  test.each([
    { mail: false, method: 'totp' },
    { mail: true, method: 'totp_mail' },
  ])('tells where the code comes from: $method', async ({ mail, method }) => {
    const { result } = await begin(page({ mail }))
    expect(result).toEqual({ kind: 'code_awaited', sessionId: SESSION_A, csrfToken: 'tok', method })
  })

  test('is asked with the half-open session, for the person', async () => {
    const { asked } = await begin(page(), { forwardedFor: '192.0.2.1' })
    expect(asked).toMatchObject({ method: 'GET', path: '/web/login/totp' })
    expect(asked.headers).toMatchObject({ cookie: `session_id=${SESSION_A}`, 'x-forwarded-for': '192.0.2.1' })
  })

  test('is passed by a device that Odoo trusts', async () => {
    const { result, asked, told } = await begin(SIGNED_IN, { trustedDevice: 'a1b2' })
    expect(asked.headers.cookie).toBe(`session_id=${SESSION_A}; td_id=a1b2`)
    expect(result).toMatchObject({ kind: 'signed_in', sessionId: SESSION_B, facts: { uid: 9, login: 'totp' } })
    expect(told?.headers.cookie).toBe(`session_id=${SESSION_B}`)
  })

  test('a device whose id could end a header is not shown', async () => {
    expect((await begin(page(), { trustedDevice: 'a;b\r\nc' })).asked.headers.cookie).toBe(`session_id=${SESSION_A}`)
  })

  test.each(['/web/login', '/en/web/login?redirect=%2Fweb', '/web/database/selector'])(
    'that sends to %s has no half-open session',
    async (location) => {
      expect((await begin(redirect(location))).result).toEqual({ kind: 'session_over' })
    },
  )

  test('of something else is a bad answer', async () => {
    const other = { status: 200, headers: {}, body: '<form><input name="login"/></form>' }
    await expect(begin(other)).rejects.toMatchObject({ reason: 'bad_answer' })
    await expect(begin({ ...other, status: 502 })).rejects.toMatchObject({ reason: 'bad_answer' })
  })
})

describe('the code', () => {
  test('goes in the form, and the right one gives a whole session', async () => {
    const { result, asked } = await finish(SIGNED_IN)
    expect(result).toMatchObject({ kind: 'signed_in', sessionId: SESSION_B, facts: { uid: 9 } })
    expect(result).not.toHaveProperty('trustedDevice')
    expect(asked.headers['content-type']).toBe('application/x-www-form-urlencoded')
    expect(Object.fromEntries(new URLSearchParams(asked.body))).toEqual({ csrf_token: 'tok', totp_token: '123 456' })
  })

  test.each([
    ['Verification failed, please double-check the 6-digit code', 'wrong_code'],
    ['Verification failed, please use the latest 6-digit code', 'wrong_code'],
    ['Invalid authentication code format.', 'wrong_code'],
    ['Vérification échouée', 'wrong_code'],
    ['', 'wrong_code'],
    ['You reached the limit of code verifications for your account, please try again later.', 'too_many_tries'],
    ['Too many login failures, please wait a bit before trying again.', 'cooldown'],
  ])('refused with "%s" is %s', async (alert, kind) => {
    expect((await finish(page({ alert }))).result).toEqual({ kind })
  })

  test.each([400, 403, 404])('whose form is not taken any more (%i) finds the session over', async (status) => {
    expect((await finish({ status, headers: {}, body: 'Bad Request' })).result).toEqual({ kind: 'session_over' })
  })

  test('that is followed by the end of the session finds it over', async () => {
    const expired = { code: 100, data: { name: 'odoo.http.SessionExpiredException', message: 'Session expired' } }
    const info = { ...INFO, body: JSON.stringify({ jsonrpc: '2.0', id: 1, error: expired }) }
    expect((await finish(SIGNED_IN, {}, info)).result).toEqual({ kind: 'session_over' })
  })
})

describe('a device that is to be trusted', () => {
  const trusting = (cookie: string) => redirect('/web', [`session_id=${SESSION_B}; Path=/`, cookie])

  test('is asked for, and comes with its life', async () => {
    const { result, asked } = await finish(trusting('td_id=a1b2; Max-Age=7776000; HttpOnly; Path=/'), {
      remember: true,
    })
    expect(result).toMatchObject({ trustedDevice: { id: 'a1b2', maxAgeSeconds: 7_776_000 } })
    expect(new URLSearchParams(asked.body).get('remember')).toBe('1')
  })

  test('is not made of a cookie that nobody asked for, nor of one that is none', async () => {
    expect((await finish(trusting('td_id=a1b2; Path=/'))).result).not.toHaveProperty('trustedDevice')
    expect((await finish(trusting('td_id=; Path=/'), { remember: true })).result).not.toHaveProperty('trustedDevice')
  })

  test.each([
    ['curl/8.0', /Chrome.*$/],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Safari/604.1', /iPhone/],
    ['Mozilla/5.0 (Macintosh) Firefox/130.0\u00e9', /Linux/],
  ])('is named by the browser %s only where Odoo can read it', async (userAgent, sent) => {
    expect((await finish(SIGNED_IN, { userAgent, remember: true })).asked.headers['user-agent']).toMatch(sent)
  })
})

test.each([
  { name: 'is ended by its own form', reply: redirect('/web') },
  { name: 'that is over already is no error', reply: { status: 400, headers: {}, body: '' } },
])('a half-open session $name', async ({ reply }) => {
  const { asked } = await on(reply, (transport) => cancelSecondFactor(transport, HALF))
  expect(asked).toMatchObject({ method: 'POST', path: '/web/session/logout', body: 'csrf_token=tok' })
})
