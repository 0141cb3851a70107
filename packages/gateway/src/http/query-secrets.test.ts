import { expect, test } from 'vitest'
import { refuseSecretsInQuery } from './query-secrets.ts'

const refused = expect.objectContaining({ code: 'query.secret', status: 400 })

test.each([
  'access_token',
  'Access-Token',
  'refreshToken',
  'token',
  'password',
  'new_password',
  'params[password]',
  'values.password',
  'client_secret',
  'api_key',
  'X-API-Key',
  'jwt',
  'session_id',
  'private_key',
])('%s in an address is refused', (name) => {
  expect(() => refuseSecretsInQuery(`/api/login?a=1&${encodeURIComponent(name)}=x`)).toThrow(refused)
})

test.each(['model=res.partner', 'fields=["password"]', 'domain=[["name","=","token"]]', 'code=x&state=y', ''])(
  '%s is let through',
  (query) => {
    expect(() => refuseSecretsInQuery(`/api/send_request?${query}`)).not.toThrow()
  },
)
