import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bootstrapToken, callAdmin, expectProblem, ownerCommand, ownerSession } from '../../harness/admin-api.ts'
import { type Gateway, startGateway } from '../../harness/gateway-process.ts'
import { textAt } from '../../harness/json-reading.ts'
import { target } from '../../harness/target.ts'

// skip: needs a data directory beside the gateway.
describe.skipIf(target.kind !== 'sandbox')('gatehouse owner', () => {
  let gateway: Gateway

  beforeAll(async () => {
    gateway = await startGateway()
  })
  afterAll(() => gateway.stop())

  const me = (token: string) => callAdmin(gateway.url, 'GET', '/me', { token })

  test('add, list and remove, with sentences for what cannot be done', async () => {
    expect(await ownerCommand(gateway, 'add', 'grace')).toMatchObject({ code: 0, stderr: '' })
    expect(await ownerCommand(gateway, 'add', 'grace')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('gatehouse owner token grace'),
    })
    expect(await ownerCommand(gateway, 'add', 'no name')).toMatchObject({ code: 1 })
    expect((await ownerCommand(gateway, 'list', '--json')).json).toMatchObject({ owners: [{ name: 'grace' }] })
    expect((await ownerCommand(gateway, 'list')).stdout).toMatch(/^NAME +ADDED\ngrace /)
    expect((await ownerCommand(gateway, 'remove', 'grace', '--json')).json).toEqual({ removed: 'grace' })
    expect(await ownerCommand(gateway, 'remove', 'grace')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/owner list/),
    })
    expect(await ownerCommand(gateway, 'token', 'grace')).toMatchObject({ code: 1, stdout: '' })
  })

  test('a bootstrap token works once: for one call, or for a session', async () => {
    const token = await bootstrapToken(gateway, 'ada')
    expect(token).toMatch(/^gho_[\w-]{43}$/)
    expect((await me(token)).json).toMatchObject({ kind: 'owner', name: 'ada' })
    expectProblem(await me(token), 401, 'admin.token')
    expectProblem(await callAdmin(gateway.url, 'POST', '/session', { token }), 401, 'admin.token')

    const another = await bootstrapToken(gateway, 'ada')
    const opened = await callAdmin(gateway.url, 'POST', '/session', { token: another })
    expect(opened.status).toBe(201)
    expect(opened.cookies).toEqual([])
    const session = textAt(opened.json, 'token')
    expect(Date.parse(textAt(opened.json, 'expiresAt')) - Date.now()).toBeLessThanOrEqual(3_600_000)
    expect((await me(session)).status).toBe(200)
    expect((await me(session)).status).toBe(200)
    expectProblem(await me(another), 401, 'admin.token')
    expectProblem(await callAdmin(gateway.url, 'POST', '/session', { token: session }), 401, 'admin.token')
    expect((await callAdmin(gateway.url, 'DELETE', '/session', { token: session })).status).toBe(204)
    expectProblem(await me(session), 401, 'admin.token')
  })

  test('of calls with one bootstrap token at the same time, one is let in', async () => {
    const token = await bootstrapToken(gateway, 'ada')
    const answers = await Promise.all(
      Array.from({ length: 16 }, () => callAdmin(gateway.url, 'POST', '/session', { token })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(15).fill(401)])
  })

  test('whoever is removed is out at once', async () => {
    const session = await ownerSession(gateway, 'hedy')
    const unused = await bootstrapToken(gateway, 'hedy')
    expect((await me(session)).status).toBe(200)
    await ownerCommand(gateway, 'remove', 'hedy')
    expectProblem(await me(session), 401, 'admin.token')
    expectProblem(await me(unused), 401, 'admin.token')
  })

  test('no token is kept or logged', async () => {
    const session = await ownerSession(gateway, 'ada')
    const unused = await bootstrapToken(gateway, 'ada')
    await me(session)
    const kept = readdirSync(gateway.dataDir).map((file) =>
      readFileSync(join(gateway.dataDir, file)).toString('latin1'),
    )
    const everything = [...kept, gateway.output()].join('\n')
    for (const secret of [session, unused]) expect(everything).not.toContain(secret.slice(4))
  })

  test.each(['gho_', 'ghs_'])('a made-up %s token lets nobody in', async (prefix) => {
    expectProblem(await me(`${prefix}${'x'.repeat(43)}`), 401, 'admin.token')
  })
})
