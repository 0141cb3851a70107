import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OdooVersion, Sandbox } from '../../index.ts'
import { signIn, startTestSandbox } from '../../testing/client.ts'

const sandboxes = new Map<OdooVersion, Sandbox>()
const sessions = new Map<string, string>()

beforeAll(async () => {
  for (const version of [17, 18, 19] as const) {
    const sandbox = await startTestSandbox({ odooVersion: version })
    sandboxes.set(version, sandbox)
    for (const login of ['demo', 'portal', 'totp']) {
      sessions.set(`${version}/${login}`, (await signIn(sandbox, login)).sessionId)
    }
  }
})

afterAll(async () => {
  for (const sandbox of sandboxes.values()) await sandbox.close()
})

/** Asks for a page as a user, or as nobody. */
function get(version: OdooVersion, path: string, login?: string, init: RequestInit = {}): Promise<Response> {
  const cookie = login === undefined ? {} : { cookie: `session_id=${sessions.get(`${version}/${login}`)}` }
  return fetch(`${sandboxes.get(version)?.url}${path}`, { redirect: 'manual', headers: cookie, ...init })
}

describe('a page leads to', () => {
  test.each([
    [17, '/', undefined, '/web'],
    [18, '/', undefined, '/odoo'],
    [18, '/?x=1&y=a%20b', 'demo', '/odoo?x=1&y=a+b'],
    [18, '/', 'portal', '/my'],
    [17, '/web?debug=1', undefined, '/web/login?debug=1'],
    [18, '/web?debug=1', undefined, '/web/login?redirect=%2Fweb%3Fdebug%3D1'],
    [19, '/odoo/contacts/5', undefined, '/web/login?redirect=%2Fodoo%2Fcontacts%2F5%3F'],
    [18, '/web', 'totp', '/web/login?redirect=%2Fweb%3F'],
    [18, '/odoo/contacts?x=1', 'portal', '/my?x=1&subpath=contacts'],
    [18, '/web?redirect=https://evil.com/a', 'demo', '/a'],
    [18, '/my', undefined, '/web/login?redirect=%2Fmy%3F'],
    [18, '/web/login?redirect=//evil.com/a', 'demo', '/a'],
    [18, '/web/login/totp', undefined, '/web/login'],
    [18, '/web/login/totp', 'demo', '/odoo'],
    [18, '/json/2/res.partner/read', undefined, '/web/login?redirect=%2Fjson%2F2%2Fres.partner%2Fread%3F'],
  ] as const)('%i %s for %s: %s', async (version, path, login, location) => {
    const response = await get(version, path, login)
    expect([response.status, response.headers.get('location')]).toEqual([303, location])
  })

  test('itself without doubled slashes', async () => {
    const response = await get(18, '/web//login?x=1')
    expect(response.status).toBe(308)
    expect(response.headers.get('location')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/web\/login\?x=1$/)
  })
})

describe('a page', () => {
  test.each([
    [17, '/web', 'demo'],
    [18, '/odoo', 'demo'],
    [18, '/scoped_app/x', 'demo'],
    [19, '/odoo/action-1/2', 'demo'],
  ] as const)('of the web client tells the session: %i %s', async (version, path, login) => {
    const response = await get(version, path, login)
    expect(response.status).toBe(200)
    expect(response.headers.get('x-frame-options')).toBe('DENY')
    expect(response.headers.get('cache-control')).toBe(version === 19 ? 'no-store' : null)
    expect(response.headers.get('set-cookie')).toContain(sessions.get(`${version}/${login}`))
    const text = await response.text()
    expect(text).toMatch(/csrf_token: "[0-9a-f]+o\d+"/)
    expect(text).toContain('"username":"demo"')
  })

  test('of 18 is not there on 17', async () => {
    expect((await get(17, '/odoo', 'demo')).status).toBe(404)
  })

  test.each(['/web/login', '/web', '/web/health'])('%s has no body for HEAD', async (path) => {
    const response = await get(18, path, 'demo', { method: 'HEAD' })
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('')
  })

  test.each([
    ['/xmlrpc/2/common', 'GET', 'OPTIONS, POST'],
    ['/web/database/create', 'GET', 'OPTIONS, POST'],
    ['/web/manifest.webmanifest', 'POST', 'GET, HEAD, OPTIONS'],
  ])('%s is not for %s', async (path, method, allow) => {
    const response = await get(18, path, undefined, { method })
    expect([response.status, response.headers.get('allow')]).toEqual([405, allow])
    expect(await response.text()).toContain('<h1>Method Not Allowed</h1>')
  })

  test('names a session to somebody without one, and none to somebody who has one', async () => {
    const response = await get(18, '/robots.txt')
    const id = /session_id=([\w-]{84});/.exec(response.headers.get('set-cookie') ?? '')?.[1]
    expect(id).toBeDefined()
    const again = await get(18, '/robots.txt', undefined, { headers: { cookie: `session_id=${id}` } })
    expect(again.headers.get('set-cookie')).toBeNull()
  })

  test('names no session in an address of 17 that has one', async () => {
    const response = await get(17, '/web?session_id=x')
    expect(response.headers.get('set-cookie')).toBeNull()
  })

  test('that changes something wants a token, whatever the method', async () => {
    for (const [path, method] of [
      ['/web/login', 'PUT'],
      ['/web/health', 'DELETE'],
      ['/web', 'POST'],
    ] as const) {
      const response = await get(18, path, 'demo', { method })
      expect(response.status).toBe(400)
      expect(await response.text()).toContain('Session expired (invalid CSRF token)')
    }
  })
})

describe('what programs ask a server', () => {
  test('is answered', async () => {
    const health = await get(18, '/web/health?db_server_status=1')
    expect(await health.json()).toEqual({ status: 'pass', db_server_status: true })
    expect(health.headers.get('set-cookie')).toBeNull()
    expect(await (await get(19, '/web/version')).json()).toEqual({
      version: '19.0',
      version_info: [19, 0, 0, 'final', 0, ''],
    })
    expect((await get(18, '/web/version')).status).toBe(404)
    expect((await get(19, '/robots.txt')).headers.get('content-type')).toContain('text/plain')
    expect(await (await get(18, '/web/manifest.webmanifest')).json()).toMatchObject({ start_url: '/odoo' })
  })

  test('static files are kept for a week, and told unchanged', async () => {
    const icon = await get(18, '/web/static/img/favicon.ico')
    expect(icon.headers.get('cache-control')).toBe('public, max-age=604800')
    expect((await icon.arrayBuffer()).byteLength).toBe(1150)
    const headers = { 'if-none-match': icon.headers.get('etag') ?? '' }
    expect((await get(18, '/web/static/img/favicon.ico', undefined, { headers })).status).toBe(304)
  })
})

describe('the database manager', () => {
  test('changes nothing: no master password is right', async () => {
    const body = new URLSearchParams({ master_pwd: 'admin', name: 'demo' })
    const response = await get(18, '/web/database/drop', undefined, { method: 'POST', body })
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('Database deletion error: Access Denied')
  })

  test('fails without what it needs', async () => {
    expect((await get(18, '/web/database/drop', undefined, { method: 'POST' })).status).toBe(500)
  })

  test('is shut where databases are not listed', async () => {
    const shut = await startTestSandbox({ listsDatabases: false })
    expect(await (await fetch(`${shut.url}/web/database/manager`)).text()).toContain('has been disabled')
    const listed = await fetch(`${shut.url}/web/database/list`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
    expect(await listed.json()).toMatchObject({ error: { data: { name: 'odoo.exceptions.AccessDenied' } } })
    await shut.close()
  })
})

describe('an action', () => {
  const load = async (version: OdooVersion, id: unknown) => {
    const cookie = `session_id=${sessions.get(`${version}/demo`)}`
    const response = await get(version, '/web/action/load', undefined, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify({ id: 1, params: { action_id: id } }),
    })
    // The envelope of a JSON route.
    return (await response.json()) as { result?: unknown; error?: { data: { name: string; message: string } } }
  }

  test.each([17, 18, 19] as const)('is loaded by name and by id on %i', async (version) => {
    const { result } = await load(version, 'base.action_country')
    expect(result).toMatchObject({ type: 'ir.actions.act_window', res_model: 'res.country' })
    const { id } = result as { id: number }
    expect((await load(version, id)).result).toEqual(result)
    expect((await load(version, String(id))).result).toEqual(result)
  })

  test.each([
    [17, 'nope', 'odoo.exceptions.MissingError', "The action 'nope' does not exist."],
    [18, 'nope.x', 'odoo.addons.web.controllers.action.MissingActionError', 'The action “nope.x” does not exist.'],
    [18, 999_999, 'odoo.addons.web.controllers.action.MissingActionError', 'The action “999999” does not exist'],
  ] as const)('that is not there is an error on %i: %s', async (version, id, name, message) => {
    expect((await load(version, id)).error?.data).toMatchObject({ name, message })
  })

  test('that is not there is false on 17 when it was asked for by id', async () => {
    expect((await load(17, 999_999)).result).toBe(false)
  })
})
