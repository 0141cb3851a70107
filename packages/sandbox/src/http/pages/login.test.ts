import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeAt } from '../../credential/totp.ts'
import { SANDBOX_TOTP_SECRET, type Sandbox } from '../../index.ts'
import { startTestSandbox, TEST_NOW_MS } from '../../testing/client.ts'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startTestSandbox()
})

afterAll(() => sandbox.close())

/** A browser: it keeps its cookies and sends the token of the page that it saw last. */
function browser() {
  const cookies = new Map<string, string>()
  let token = ''
  const go = async (path: string, fields?: Readonly<Record<string, string>>) => {
    const response = await fetch(sandbox.url + path, {
      redirect: 'manual',
      headers: {
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        'user-agent': 'Firefox on Linux',
      },
      ...(fields && { method: 'POST', body: new URLSearchParams({ csrf_token: token, ...fields }) }),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      cookies.set(name, value)
    }
    const text = await response.text()
    token = /name="csrf_token" value="([^"]+)"/.exec(text)?.[1] ?? token
    const alert = /role="alert">([^<]*)</.exec(text)?.[1]
    return { status: response.status, location: response.headers.get('location'), text, alert }
  }
  return { go, cookies }
}

async function formOf(path = '/web/login') {
  const { go, cookies } = browser()
  await go(path)
  return { go, cookies }
}

describe('the login form', () => {
  test.each([
    ['demo', '', '/odoo'],
    ['portal', '', '/my'],
    ['demo', '/odoo/contacts?x=1#a', '/odoo/contacts?x=1#a'],
    ['demo', 'https://evil.example.com/x', '/x'],
    ['demo', '//evil.example.com', '/'],
  ])('signs %s in and leads from %j to %s', async (login, redirect, location) => {
    const { go, cookies } = await formOf()
    const before = cookies.get('session_id')
    expect(await go('/web/login', { login, password: login, redirect })).toMatchObject({ status: 303, location })
    expect(cookies.get('session_id')).not.toBe(before)
    expect((await go('/web')).status).toBe(login === 'portal' ? 303 : 200)
  })

  test.each([
    ['a wrong password', { login: 'demo', password: 'x' }],
    ['no password', { login: 'demo' }],
    ['an unknown user', { login: 'nobody', password: 'x' }],
  ])('refuses %s and shows what was typed, but no password', async (_case, fields) => {
    const { go } = await formOf()
    const { status, alert, text } = await go('/web/login', { ...fields, redirect: '/a"b' })
    expect([status, alert]).toEqual([200, 'Wrong login/password'])
    expect(text).toContain(`name="login" value="${fields.login}"`)
    expect(text).toContain('name="redirect" value="/a&#34;b"')
    expect(text).toContain('<input type="password" name="password"/>')
  })

  test('fails without a login, as Odoo does', async () => {
    expect((await (await formOf()).go('/web/login', { password: 'x' })).status).toBe(500)
  })

  test.each([
    ['none', ''],
    ['a made-up one', 'bad'],
    ['one that is over', `${'0'.repeat(64)}o1000`],
  ])('refuses a token that is %s', async (_case, token) => {
    const { go } = await formOf()
    const { status, text } = await go('/web/login', { csrf_token: token, login: 'demo', password: 'demo' })
    expect(status).toBe(400)
    expect(text).toContain('Session expired (invalid CSRF token)')
  })

  test("refuses another session's token", async () => {
    const [one, other] = [await formOf(), await formOf()]
    one.cookies.set('session_id', other.cookies.get('session_id') ?? '')
    expect((await one.go('/web/login', { login: 'demo', password: 'demo' })).status).toBe(400)
  })

  test('writes nothing of a parameter as HTML', async () => {
    const { text } = await browser().go('/web/login?login=%22%3E%3Cscript%3E&message=%3Cb%3E&error=%3Ci%3E')
    expect(text).toContain('value="&#34;&gt;&lt;script&gt;"')
    expect(text).not.toMatch(/<b>|<i>|"><script>/)
  })

  test('tells those who are no employees', async () => {
    const { alert } = await browser().go('/web/login?error=access')
    expect(alert).toBe('Only employees can access this database. Please contact the administrator.')
  })
})

describe('the second factor', () => {
  const code = (steps = 0) => String(codeAt(SANDBOX_TOTP_SECRET, TEST_NOW_MS + steps * 30_000)).padStart(6, '0')

  async function halfWay(redirect = '') {
    const { go, cookies } = await formOf()
    const sent = await go('/web/login', { login: 'totp', password: 'totp', redirect })
    return { go, cookies, sent }
  }

  test('is asked for, and the place that was wanted kept', async () => {
    const { go, sent } = await halfWay('/odoo/contacts')
    expect(sent).toMatchObject({ status: 303, location: '/web/login/totp?redirect=%2Fodoo%2Fcontacts' })
    expect((await go('/web')).location).toBe('/web/login?redirect=%2Fweb%3F')
    const { text } = await go(sent.location ?? '')
    expect(text).toContain('name="totp_token"')
    expect(text).toContain('name="redirect" value="/odoo/contacts"')
  })

  test('finishes the sign-in', async () => {
    const { go } = await halfWay()
    await go('/web/login/totp')
    expect(await go('/web/login/totp', { totp_token: code() })).toMatchObject({ status: 303, location: '/odoo' })
    expect((await go('/web')).status).toBe(200)
  })

  test.each([
    ['000000', 'Verification failed, please double-check the 6-digit code'],
    ['abc', 'Invalid authentication code format.'],
  ])('%s is refused with a sentence', async (wrong, alert) => {
    const { go } = await halfWay()
    await go('/web/login/totp')
    expect(await go('/web/login/totp', { totp_token: wrong })).toMatchObject({ status: 200, alert })
    expect((await go('/web')).status).toBe(303)
  })

  test('is not asked for again by a browser that is trusted', async () => {
    const { go, cookies } = await halfWay()
    await go('/web/login/totp')
    await go('/web/login/totp', { totp_token: code(), remember: 'on' })
    expect(cookies.get('td_id')).toBeDefined()
    await go('/web/session/logout')
    await go('/web/login')
    await go('/web/login', { login: 'totp', password: 'totp' })
    expect(await go('/web/login/totp')).toMatchObject({ status: 303, location: '/odoo' })
    expect((await go('/web')).status).toBe(200)
  })
})

test('logging out ends the session and leads where it is told, on this server', async () => {
  const { go, cookies } = await formOf()
  await go('/web/login', { login: 'demo', password: 'demo' })
  const id = cookies.get('session_id') ?? ''
  expect((await go('/web/session/logout?redirect=https://evil.com//a')).location).toBe('/a')
  expect(cookies.get('session_id')).not.toBe(id)
  cookies.set('session_id', id)
  expect((await go('/web')).status).toBe(303)
})
