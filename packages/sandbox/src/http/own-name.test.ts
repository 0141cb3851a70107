import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Sandbox } from '../index.ts'
import { startTestSandbox } from '../testing/client.ts'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startTestSandbox()
})

afterAll(() => sandbox.close())

test.each([
  '127.0.0.1',
  '127.0.0.1:8018',
  '192.168.0.7:8018',
  '[::1]:8018',
  'localhost:5173',
  'LOCALHOST',
  'app.localhost:3000',
  'odoo.test',
  'host.docker.internal:8018',
  'odoo',
])('a request to %s is answered', async (host) => {
  expect((await health(host)).status).toBe(200)
})

test.each([
  'evil.example.com',
  'evil.com:8018',
  'evil.com.',
  'localhost.evil.com',
  '127.0.0.1.evil.com',
  '127.0.0.1.nip.io',
  'evil.com:80:80',
  '[::1].evil.com',
  'user@evil.com',
])('a request to %s, which somebody could own, is refused with a sentence', async (host) => {
  const { status, body } = await health(host)
  expect(status).toBe(403)
  expect(body).toContain('localhost')
})

/** Health as a client asks for it that believes the server to be of this name. */
function health(host: string): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(`${sandbox.url}/web/health`, { headers: { host }, agent: false }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode, body }))
    })
    sent.on('error', reject).end()
  })
}
