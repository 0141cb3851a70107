import { expect, test } from 'vitest'
import { openAdminApi, SHOP } from './admin-api.fixture.ts'

test('passwords that are shown for keys and clients are counted like those of sign-ins', async () => {
  const api = await openAdminApi()
  const token = await api.owner()
  await api.send('PUT', '/apis/demo/shop', { token, json: { ...SHOP, waysIn: ['api_key'] } })
  const body = { name: 'till', database: 'demo', api: 'shop' }
  const asKey = (login: string, password: string) =>
    api.send('POST', '/keys', { token, json: { ...body, login, proof: { password } } })
  const asClient = (login: string, password: string) =>
    api.send('POST', '/clients', { token, json: { ...body, user: { login, proof: { password } } } })

  const statuses = []
  for (const show of [asKey, asClient, asKey, asClient, asKey]) statuses.push((await show('demo', 'a guess')).status)
  expect(statuses).toEqual(Array(5).fill(422))
  for (const show of [asKey, asClient]) {
    const refused = await show('demo', 'demo')
    expect(refused).toMatchObject({ status: 429, json: { code: 'throttle.limited' } })
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  }
  expect((await asKey('admin', 'admin')).status).toBe(201)
})
