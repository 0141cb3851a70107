import { expect } from 'vitest'
import { type EndedCommand, runGatehouse } from './gatehouse-command.ts'
import type { Gateway } from './gateway-process.ts'
import { type Answer, call, type RequestHeaders } from './http-call.ts'
import { objectOf, textAt } from './json-reading.ts'

/** `gatehouse owner …` beside a running gateway. */
export function ownerCommand(gateway: Pick<Gateway, 'dataDir'>, ...args: string[]): Promise<EndedCommand> {
  return runGatehouse(['owner', ...args], gateway)
}

/** A bootstrap token of an owner, who is added if need be. */
export async function bootstrapToken(gateway: Pick<Gateway, 'dataDir'>, name: string): Promise<string> {
  await ownerCommand(gateway, 'add', name)
  return textAt((await ownerCommand(gateway, 'token', name, '--json')).json, 'token')
}

/** The token of an owner's session. */
export async function ownerSession(gateway: Pick<Gateway, 'dataDir' | 'url'>, name = 'ada'): Promise<string> {
  const token = await bootstrapToken(gateway, name)
  return textAt((await callAdmin(gateway.url, 'POST', '/session', { token })).json, 'token')
}

/** What a call says beside method and path. */
export type AdminCall = { readonly token?: string; readonly json?: unknown; readonly headers?: RequestHeaders }

/** A call to the admin API. */
export function callAdmin(
  url: string,
  method: string,
  path: string,
  { token, json, headers }: AdminCall = {},
): Promise<Answer> {
  const authorization = token === undefined ? undefined : `Bearer ${token}`
  // As curl and browsers send nothing: with a length, and not in chunks.
  const nothing = json === undefined && method === 'POST' ? { body: '' } : {}
  return call(url, {
    method,
    path: `/admin/api${path}`,
    headers: { Authorization: authorization, ...headers },
    json,
    ...nothing,
  })
}

/** Asserts a problem (RFC 9457) of this status and code, and answers the paths of its faults. */
export function expectProblem(answer: Answer, status: number, code: string): readonly string[] {
  expect(answer.status, answer.text).toBe(status)
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json\b/)
  const problem = objectOf(answer.json)
  expect(problem).toMatchObject({ type: 'about:blank', title: expect.stringMatching(/\S/), status, code })
  expect(textAt(problem, 'detail')).toMatch(/\S.*\S/s)
  expect(textAt(problem, 'request_id')).toBe(answer.headers['x-request-id'])
  const { errors = [] } = problem as { errors?: readonly { path: string; message: string }[] }
  for (const { message } of errors) expect(message).toMatch(/\S/)
  return errors.map(({ path }) => path)
}
