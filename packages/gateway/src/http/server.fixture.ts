import { connect } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { onTestFinished } from 'vitest'
import { z } from 'zod'
import { identityErrors } from '../identity/errors.ts'
import { systemClock } from '../kernel/clock.ts'
import { systemRandom } from '../kernel/random.ts'
import { ApiInput } from '../policy/api.ts'
import { compileApi } from '../policy/compile-api.ts'
import { plainErrors } from './error-shape.ts'
import { expectObject } from './json-body.ts'
import { createRequestIds } from './request-id.ts'
import { type Route, route } from './route.ts'
import { createServer } from './server.ts'
import { DEFAULT_LIMITS, type ServerOptions } from './server-options.ts'

const shop = compileApi(ApiInput.parse({ name: 'shop', database: 'demo', origins: ['https://shop.example'] }))
const other = compileApi(ApiInput.parse({ name: 'other', database: 'demo', origins: ['https://other.example'] }))

const open = { errors: plainErrors, needs: 'nothing' } as const

const routes: readonly Route[] = [
  route({ ...open, method: 'POST', path: '/echo', body: expectObject, handle: ({ body }) => ({ body }) }),
  route({
    ...open,
    method: 'GET',
    path: '/list',
    query: z.strictObject({ limit: z.coerce.number().int().min(1).default(20) }),
    handle: ({ query }) => ({ body: query }),
  }),
  route({
    ...open,
    method: 'GET',
    path: '/broken',
    handle: () => {
      throw new Error('the password is hunter2')
    },
  }),
  route({
    ...open,
    needs: 'door',
    method: 'POST',
    path: '/cookie',
    body: expectObject,
    door: () => ({ api: shop }),
    handle: (call, { api }) => {
      call.refuseForeignOrigin(api)
      return { body: {}, cookies: [{ name: 'c', value: 'v', path: '/api', maxAgeSeconds: 60 }] }
    },
  }),
  route({
    ...open,
    needs: 'door',
    method: 'POST',
    path: '/denied',
    door: () => ({ api: shop }),
    handle: () => {
      throw identityErrors['signin.denied']()
    },
  }),
]

/** For tests: a server over a few routes, until the test is over; `options` override the usual ones. */
export function serve(options: Partial<ServerOptions> = {}): FastifyInstance {
  const server = createServer({
    publicUrl: 'http://127.0.0.1:8080',
    routes,
    apis: () => [shop, other],
    admit: async () => undefined,
    identify: async () => {
      throw new TypeError('no route of this test needs a caller')
    },
    clock: systemClock,
    requestIds: createRequestIds(systemRandom),
    trustedProxies: [],
    limits: DEFAULT_LIMITS,
    ...options,
  })
  onTestFinished(() => server.close())
  return server
}

/** The headers of a call with a body. */
export const json = { 'content-type': 'application/json' }

/** What a server answers to these bytes, until it closes the connection. */
export function raw(port: number, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = connect(port, '127.0.0.1', () => socket.write(request))
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('close', () => resolve(Buffer.concat(chunks).toString()))
    socket.on('error', reject)
  })
}
