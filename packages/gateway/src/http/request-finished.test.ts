import { describe, expect, test } from 'vitest'
import { createManualClock } from '../kernel/testing/manual-clock.ts'
import type { RequestFinished } from './request-finished.ts'
import { json, raw, serve } from './server.fixture.ts'

describe('what is told of an answered request', () => {
  function serveTelling() {
    const clock = createManualClock()
    const told: RequestFinished[] = []
    const server = serve({ clock, onFinished: (finished) => told.push(finished) })
    return { clock, told, server }
  }

  test('its time begins before the body is read', async () => {
    const { clock, told, server } = serveTelling()
    server.addHook('preParsing', async (_request, _reply, body) => {
      clock.advanceMs(250)
      return body
    })
    await server.inject({ method: 'POST', url: '/echo', headers: json, payload: '{}' })
    expect(told).toMatchObject([{ method: 'POST', route: '/echo', status: 200, durationMs: 250 }])
  })

  test('a mistake of ours comes with the class behind it, and without its message', async () => {
    const { told, server } = serveTelling()
    await server.inject({ method: 'GET', url: '/broken' })
    expect(told).toMatchObject([{ status: 500, code: 'unexpected', cause: 'Error' }])
    expect(JSON.stringify(told)).not.toContain('hunter2')
  })

  test('a refusal below 500 has no cause', async () => {
    const { told, server } = serveTelling()
    await server.inject({ method: 'POST', url: '/echo', headers: json, payload: '{' })
    expect(told).toMatchObject([{ status: 400, code: 'body.malformed' }])
    expect(told[0]).not.toHaveProperty('cause')
  })

  test('what could not be read as a request is told too', async () => {
    const { told, server } = serveTelling()
    const address = await server.listen({ host: '127.0.0.1', port: 0 })
    const answer = await raw(Number(new URL(address).port), 'this is not HTTP\r\n\r\n')
    expect(told).toEqual([
      {
        requestId: /x-request-id: (\S+)/.exec(answer)?.[1],
        method: 'unknown',
        route: 'unknown',
        status: 400,
        durationMs: 0,
        address: '127.0.0.1',
        code: 'request.malformed',
      },
    ])
  })
})
