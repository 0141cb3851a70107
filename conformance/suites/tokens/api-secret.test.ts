import { createHmac } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runGatehouse } from '../../harness/gatehouse-command.ts'
import { type Gateway, startGateway } from '../../harness/gateway-process.ts'
import { listAt, objectOf, textAt } from '../../harness/json-reading.ts'
import { readJwt, signWithSecret } from '../../harness/jwt.ts'
import { sendSignIn, signIn, useToken, waitForStatus } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

/** Until when every node must have heard of a change, and some time for this machine. */
const HEARD_MS = 8_000

/** Made by a command: those do not see what the settings of the gateway hold. */
const API = 'kiosk'

const { demo } = target.users

// skip: needs a data directory beside the gateway.
describe.skipIf(target.kind !== 'sandbox')('an API with a secret of its own', () => {
  let gateway: Gateway
  beforeAll(async () => {
    gateway = await startGateway()
    await runGatehouse(['api', 'create', API], { dataDir: gateway.dataDir })
    const exposure = [API, 'res.users', '--verbs', 'read']
    await runGatehouse(['api', 'expose', ...exposure], { dataDir: gateway.dataDir })
    await waitForStatus(() => sendSignIn(gateway.url, demo, { api: API }), 200, HEARD_MS)
    const { token } = await signIn(gateway.url, demo, { api: API })
    await waitForStatus(() => useToken(gateway.url, token), 200, HEARD_MS)
  })
  afterAll(() => gateway.stop())

  const run = (...args: string[]) =>
    runGatehouse(['api', 'secret', API, ...args, '--json'], { dataDir: gateway.dataDir })
  const kidOf = (token: string) => textAt(readJwt(token).header, 'kid')
  /** A token of the API, once the gateway has heard of the key. */
  const tokenOf = async (kid: string) => {
    const until = Date.now() + HEARD_MS
    for (;;) {
      const { token } = await signIn(gateway.url, demo, { api: API })
      if (kidOf(token) === kid || Date.now() > until) return token
    }
  }
  const isSignedWith = (token: string, secret: string) => {
    const [header, claims, signature] = token.split('.')
    return createHmac('sha256', secret).update(`${header}.${claims}`).digest('base64url') === signature
  }

  test('signs with it, keeps the one before for a while, and believes it of no other API', async () => {
    const made = await run('--new')
    expect(made, made.stderr).toMatchObject({ code: 0 })
    const secret = textAt(made.json, 'secret')
    const kid = textAt(made.json, 'kid')
    const first = await tokenOf(kid)
    expect(readJwt(first).header).toEqual({ typ: 'at+jwt', alg: 'HS256', kid })
    expect(isSignedWith(first, secret)).toBe(true)
    expect((await useToken(gateway.url, first)).status).toBe(200)

    const other = await signIn(gateway.url, demo)
    expect(readJwt(other.token).header.alg).toBe('EdDSA')
    const forged = signWithSecret(readJwt(first).header, readJwt(other.token).claims, secret)
    expect((await useToken(gateway.url, forged)).status).toBe(401)

    const file = join(gateway.dataDir, 'secret.txt')
    const own = 'a secret of the other side, long enough'
    writeFileSync(file, `${own}\n`)
    const taken = await run('--secret-file', file)
    expect(taken.stdout).not.toContain(own)
    const second = await tokenOf(textAt(taken.json, 'kid'))
    expect(isSignedWith(second, own)).toBe(true)
    for (const token of [first, second]) expect((await useToken(gateway.url, token)).status).toBe(200)

    const list = await runGatehouse(['signing-key', 'list', '--json'], { dataDir: gateway.dataDir })
    const ofApi = listAt(list.json, 'keys')
      .map(objectOf)
      .filter(({ api }) => api !== undefined)
    expect(ofApi).toMatchObject([
      { algorithm: 'HS256', state: 'signs', api: { database: 'demo', api: API } },
      { kid, algorithm: 'HS256', state: 'verifies' },
    ])

    expect(await run('--off')).toMatchObject({ code: 0 })
    expect(await waitForStatus(() => useToken(gateway.url, second), 401, HEARD_MS)).toBeDefined()
    expect(readJwt((await signIn(gateway.url, demo, { api: API })).token).header.alg).toBe('EdDSA')
  }, 60_000)

  test.each<[string, string[], string, RegExp]>([
    ['a short secret', ['--secret-file', '-'], 'x'.repeat(31), /at least 32 bytes/],
    ['no wish', [], '', /one of --new/],
    ['two wishes', ['--new', '--off'], '', /one of --new/],
  ])('refuses %s, and stores nothing', async (_, options, input, sentence) => {
    const list = () => runGatehouse(['signing-key', 'list', '--json'], { dataDir: gateway.dataDir })
    const before = (await list()).json
    const told = await runGatehouse(['api', 'secret', API, ...options], { dataDir: gateway.dataDir, input })
    expect(told).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(sentence) })
    expect((await list()).json).toEqual(before)
  })
})
