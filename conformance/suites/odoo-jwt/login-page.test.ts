import { describe, expect, test } from 'vitest'
import { call } from '../../harness/http-call.ts'
import { target } from '../../harness/target.ts'

describe('GET /api/login', () => {
  test('answers an HTML page without a sign-in', async () => {
    const answer = await call(target.url, { path: '/api/login' })
    expect(answer.status).toBe(200)
    expect(answer.headers['content-type']).toMatch(/^text\/html\b/)
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
    expect(answer.headers['x-request-id']).toMatch(/\S/)
  })

  test('has a place for a login, a password, a URL, headers and a body', async () => {
    const { text } = await call(target.url, { path: '/api/login' })
    expect(text).toMatch(/<input[^>]+type="password"/)
    expect(text.match(/<(input|textarea|select)\b/g)?.length).toBeGreaterThanOrEqual(5)
  })

  test('loads nothing from elsewhere', async () => {
    const { text } = await call(target.url, { path: '/api/login' })
    expect(text).not.toMatch(/\b(src|href)\s*=\s*["']?(https?:)?\/\//i)
    expect(text).not.toMatch(/@import|url\(\s*["']?(https?:)?\/\//i)
  })

  test('is no different for a caller with credentials, good or bad', async () => {
    const plain = await call(target.url, { path: '/api/login' })
    const headers = { Authorization: 'Bearer x.y.z', access_token: 'a.b.c', Cookie: 'refreshToken=zzz' }
    const other = await call(target.url, { path: '/api/login', headers })
    expect(other.status).toBe(200)
    expect(other.text.length).toBe(plain.text.length)
  })
})
