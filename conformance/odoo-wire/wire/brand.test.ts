import { expect, test } from 'vitest'
import { throughBrand } from './brand.ts'
import type { RawRequest } from './raw-http.ts'

test('a fork is asked in its own name and told in that of Odoo', async () => {
  const asked: RawRequest[] = []
  const send = throughBrand('ForkERP', async (request) => {
    asked.push(request)
    const body = Buffer.from(
      '{"message":"ForkERP Server Error","name":"forkerp.exceptions.UserError","url":"www.ForkERP.com"}',
    )
    return { status: 200, headers: { location: '/forkerp', 'content-type': 'application/json' }, body }
  })
  const answer = await send({ method: 'GET', path: '/odoo', headers: { 'x-odoo-database': 'demo' } })
  expect(asked).toEqual([{ method: 'GET', path: '/forkerp', headers: { 'x-forkerp-database': 'demo' } }])
  expect(answer.headers.location).toBe('/odoo')
  expect(answer.body.toString()).toBe(
    '{"message":"Odoo Server Error","name":"odoo.exceptions.UserError","url":"www.odoo.com"}',
  )
})

test('bytes are not touched', async () => {
  const bytes = Buffer.from([0xff, ...Buffer.from('forkerp')])
  const send = throughBrand('ForkERP', async () => ({
    status: 200,
    headers: { 'content-type': 'image/png' },
    body: bytes,
  }))
  expect((await send({ method: 'GET', path: '/', headers: {} })).body).toBe(bytes)
})
