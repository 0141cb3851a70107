import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hasBrowser, openBrowser } from '../../harness/browser.ts'
import { target } from '../../harness/target.ts'

let browser: Browser | undefined
let page: Page
let complaints: string[]

describe('the page at /api/login, in a browser', () => {
  beforeAll(async () => {
    if (hasBrowser) browser = await openBrowser()
  })
  afterAll(() => browser?.close())

  beforeEach(async ({ skip }) => {
    if (browser === undefined) return skip('no Chromium at /usr/bin/chromium: apt-get install chromium')
    const context = await browser.newContext()
    page = await context.newPage()
    complaints = []
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('request', (request) => {
      if (!request.url().startsWith(target.url)) complaints.push(`asked ${request.url()}`)
    })
    await page.goto(`${target.url}/api/login`)
    return () => context.close()
  })

  test('signs in, shows both tokens, sends a call and shows the answer', async () => {
    await signIn(target.users.demo)
    expect(await page.inputValue('#access-token')).toMatch(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/)
    expect(JSON.parse(await text('#access-claims'))).toMatchObject({ login: 'demo', db: target.database })
    expect(await text('#refresh-token')).toContain('cookie "refreshToken"')
    await eventually('#access-life', /^\d+ s left$/)
    await eventually('#refresh-life', /^\d+ s left$/)

    await page.click('#call button')
    await eventually('#answer-status', /^200 /)
    expect(JSON.parse(await text('#answer')).status).toContainEqual(expect.objectContaining({ login: 'demo' }))
    expect(complaints).toEqual([])
  })

  test('renews, rotates and ends the sign-in, and the refresh token never reaches a script', async () => {
    await signIn(target.users.demo)
    const first = await page.inputValue('#access-token')
    await press('#update-access')
    expect(await page.inputValue('#access-token')).not.toBe(first)

    const before = await refreshCookie()
    await press('#update-refresh')
    const after = await refreshCookie()
    expect(after?.value).not.toBe(before?.value)
    expect(after).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/api' })
    expect(await page.evaluate('document.cookie')).toBe('')
    expect(await page.content()).not.toContain(after?.value ?? 'no cookie')

    await press('#revoke')
    expect(await refreshCookie()).toBeUndefined()
    expect(await text('#access-claims')).toBe('not signed in')
    expect(complaints).toEqual([])
  })

  test('tells a wrong password in words', async () => {
    await page.fill('[name=login]', 'nobody-of-this-name')
    await page.fill('[name=password]', 'wrong')
    await page.click('#sign-in button')
    await eventually('#sign-in-status', /Wrong login or password/)
  })

  test('shows whatever a record holds as text', async () => {
    await signIn(target.users.demo)
    const name = '<img src=x onerror="document.title=\'broken in\'">'
    await page.fill('[name=path]', '/api/send_request?model=res.partner')
    await page.fill('[name=body]', JSON.stringify({ values: { name }, fields: ['name'] }))
    await page.click('#call button')
    await eventually('#answer-status', /^201 /)
    const { id, record } = JSON.parse(await text('#answer')) as { id: number; record: { name: string } }
    expect(record.name).toBe(name)
    expect(await page.title()).toBe('Gatehouse: try the API')

    await page.selectOption('[name=method]', 'DELETE')
    await page.fill('[name=path]', `/api/send_request?model=res.partner&id=${id}`)
    await page.click('#call button')
    await eventually('#answer', new RegExp(`"deleted_id": ${id}`))
  })

  test('cannot be shown inside another page, and runs no script but its own', async () => {
    const answer = await page.goto(`${target.url}/api/login`)
    const policy = answer?.headers()['content-security-policy'] ?? ''
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe-inline')
  })
})

async function signIn({ login, password }: { login: string; password: string }): Promise<void> {
  await page.fill('[name=login]', login)
  await page.fill('[name=password]', password)
  await page.click('#sign-in button')
  await eventually('#sign-in-status', /^signed in as user \d+$/)
}

/** Presses a button that sends a call, and waits for its answer. */
async function press(button: string): Promise<void> {
  const answer = page.waitForResponse((response) => response.request().method() === 'POST')
  await page.click(button)
  expect((await answer).status()).toBe(200)
  await eventually('#answer-status', /^200 /)
}

async function refreshCookie() {
  const cookies = await page.context().cookies(`${target.url}/api`)
  return cookies.find(({ name }) => name === 'refreshToken')
}

async function text(selector: string): Promise<string> {
  return (await page.textContent(selector)) ?? ''
}

async function eventually(selector: string, pattern: RegExp): Promise<void> {
  await expect.poll(() => text(selector), { timeout: 5_000 }).toMatch(pattern)
}
