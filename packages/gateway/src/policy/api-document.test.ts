import { expect, test } from 'vitest'
import { ApiInput } from './api.ts'
import { documentOf, jsonOf } from './api-document.ts'

const full = {
  name: 'shop',
  database: 'demo',
  waysIn: [],
  origins: ['https://shop.example'],
  addresses: ['10.0.0.0/8', '2001:db8::/32'],
  rateLimit: { perGrant: { perMinute: 60, burst: 5 }, perApi: { perMinute: 600 } },
  scopes: ['*:read', 'res.partner:update'],
  exposures: [
    {
      model: 'res.partner',
      alias: 'contacts',
      verbs: ['read', 'update'],
      readableFields: ['name', 'email'],
      writableFields: ['email'],
      defaultFields: ['name'],
      forcedDomain: "[('user_id', '=', '$uid')]",
      methods: ['action_archive'],
      limitMax: 10,
      requiredOnCreate: ['name'],
    },
    { model: 'res.users', verbs: ['create'], forcedDomain: [['active', '=', true]], dangerous: true },
  ],
}

test('what was written comes out again, and is read as the same API', () => {
  const api = ApiInput.parse(full)
  expect(documentOf(api)).toEqual(full)
  expect(ApiInput.parse(jsonOf(documentOf(api)))).toEqual(api)
})

test('what is usual is left out', () => {
  const written = { name: 'shop', database: 'demo', exposures: [{ model: 'res.partner', verbs: ['read'] as const }] }
  const spelledOut = {
    ...written,
    waysIn: ['password'],
    origins: [],
    addresses: [],
    exposures: [{ ...written.exposures[0], methods: [], limitMax: 500, requiredOnCreate: [], dangerous: false }],
  }
  expect(documentOf(ApiInput.parse(spelledOut))).toEqual(written)
})
