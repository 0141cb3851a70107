import { describe, expect, test } from 'vitest'
import { createOdooTransport, type PasswordCredential, type SignInResult, signInWithPassword } from './index.ts'
import {
  type Reply,
  recorded,
  resultReply,
  SESSION_A,
  SESSION_B,
  type SeenRequest,
  startOdoo,
  withSession,
} from './testing/recorded-odoo.ts'

const CREDENTIAL: PasswordCredential = { database: 'golden18', login: 'admin', password: 'secret-pw' }

/** Signs in on a server that answers so, and tells what it was asked. */
async function signIn(
  reply: Reply,
  credential: Partial<PasswordCredential> = {},
): Promise<{ result: SignInResult; asked: SeenRequest | undefined }> {
  await using odoo = await startOdoo(() => reply)
  const transport = createOdooTransport({ url: odoo.url })
  try {
    const result = await signInWithPassword(transport, { ...CREDENTIAL, ...credential })
    return { result, asked: odoo.seen[0] }
  } finally {
    await transport.close()
  }
}

describe.each([17, 18, 19])('Odoo %i', (version) => {
  test('a right password opens a session and tells who it is', async () => {
    const { result } = await signIn(recorded(`signed_in_${version}`))
    expect(result).toMatchObject({
      kind: 'signed_in',
      sessionId: SESSION_A,
      facts: {
        uid: 2,
        login: 'admin',
        companyId: 1,
        isSystem: true,
        isAdmin: true,
        context: { lang: 'en_US', tz: 'Europe/Brussels' },
        raw: { uid: 2, db: `golden${version}` },
      },
    })
  })

  test('a right password of a user with 2FA gives a half-open session', async () => {
    const { result } = await signIn(recorded(`second_factor_${version}`))
    expect(result).toStrictEqual({ kind: 'second_factor', sessionId: SESSION_A })
  })

  test('a wrong password is denied', async () => {
    expect((await signIn(recorded(`denied_${version}`))).result).toStrictEqual({ kind: 'denied' })
  })

  test('too many failures are a cooldown, with the sentence of Odoo', async () => {
    const message = 'Too many login failures, please wait a bit before trying again.'
    expect((await signIn(recorded(`cooldown_${version}`))).result).toStrictEqual({ kind: 'cooldown', message })
  })

  test('a database that the filter hides is unknown', async () => {
    expect((await signIn(recorded(`database_filtered_${version}`))).result).toStrictEqual({ kind: 'unknown_database' })
  })

  test('a database that PostgreSQL does not have is unknown, and its message stays inside', async () => {
    const { result } = await signIn(recorded(`database_missing_${version}`), { database: 'golden_no_such' })
    expect(result).toStrictEqual({ kind: 'unknown_database' })
  })
})

describe('what is sent', () => {
  test('the credential goes in the body, with no cookie and no language', async () => {
    const { asked } = await signIn(recorded('signed_in_18'))
    expect(asked).toMatchObject({ method: 'POST', path: '/web/session/authenticate' })
    expect(JSON.parse(asked?.body ?? '')).toMatchObject({
      params: { db: 'golden18', login: 'admin', password: 'secret-pw' },
    })
    expect(asked?.headers).toMatchObject({ 'content-type': 'application/json' })
    for (const absent of ['cookie', 'accept-language', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto']) {
      expect(asked?.headers).not.toHaveProperty(absent)
    }
  })

  test('the address of the person goes along with what makes Odoo believe it', async () => {
    const { asked } = await signIn(recorded('signed_in_18'), { forwardedFor: '2001:db8::7' })
    expect(asked?.headers).toMatchObject({
      'x-forwarded-for': '2001:db8::7',
      'x-forwarded-host': asked?.headers.host,
      'x-forwarded-proto': 'http',
    })
  })

  test.each(['10.0.0.1\r\nx-evil: 1', '10.0.0.1, 10.0.0.2', 'unknown', ''])(
    'the address %j is refused',
    async (forwardedFor) => {
      await expect(signIn(recorded('signed_in_18'), { forwardedFor })).rejects.toThrow(TypeError)
    },
  )
})

describe('the session id', () => {
  test('is the one of the last cookie, whatever other cookies there are', async () => {
    const cookies = [
      'frontend_lang=en_US; Path=/',
      `session_id=${SESSION_A}; Path=/`,
      `session_id=${SESSION_B}; Path=/`,
    ]
    const reply = { ...recorded('signed_in_19'), headers: { 'set-cookie': cookies } }
    expect((await signIn(reply)).result).toMatchObject({ sessionId: SESSION_B })
  })

  test.each<[name: string, cookies: string[]]>([
    ['is missing', []],
    ['is empty', ['session_id=; Path=/']],
    ['holds what could end a header', ['session_id="a b"; Path=/']],
    ['has another name', [`xsession_id=${SESSION_A}`]],
  ])('that %s makes a sign-in a bad answer', async (_, cookies) => {
    const reply = { ...recorded('signed_in_18'), headers: { 'set-cookie': cookies } }
    await expect(signIn(reply)).rejects.toMatchObject({ reason: 'bad_answer', sent: true })
  })
})

describe('answers of no known kind', () => {
  test.each<[name: string, result: unknown]>([
    ['no result', undefined],
    ['a result that is no object', true],
    ['a uid that is none', { uid: 0, username: 'admin' }],
    ['a uid that is a text', { uid: '2', username: 'admin' }],
    ['a user without a login', { uid: 2 }],
  ])('%s is a bad answer', async (_, result) => {
    const reply = withSession(resultReply(result), SESSION_A)
    await expect(signIn(reply)).rejects.toMatchObject({ reason: 'bad_answer' })
  })

  test('a database server that is down is a bad answer and names no host', async () => {
    const data = {
      name: 'psycopg2.OperationalError',
      message: 'connection to server at "db-internal-7", port 5432 failed: Connection refused',
    }
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, error: { code: 200, message: 'Odoo Server Error', data } })
    const error = await signIn({ ...resultReply(1), body }).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ name: 'OdooUnreachable', reason: 'bad_answer' })
    expect(String(error)).not.toContain('db-internal-7')
    expect(error).not.toHaveProperty('cause')
  })

  test('another refusal is a fault', async () => {
    await expect(signIn(recorded('access_error_18'))).rejects.toMatchObject({
      name: 'OdooFault',
      exception: 'AccessError',
    })
  })

  test('neither errors nor results repeat the password', async () => {
    for (const name of ['denied_18', 'cooldown_18', 'database_missing_18']) {
      const { result } = await signIn(recorded(name), { database: 'golden_no_such' })
      expect(JSON.stringify(result)).not.toContain('secret-pw')
    }
    const error = await signIn(recorded('page_500_18')).catch((reason: unknown) => reason)
    expect(String(error)).not.toContain('secret-pw')
  })
})

test('a portal user is told no company', async () => {
  const reply = withSession(
    resultReply({ uid: 7, username: 'portal', is_system: false, user_context: { lang: 'en_US', tz: false } }),
    SESSION_A,
  )
  expect((await signIn(reply)).result).toMatchObject({
    facts: { uid: 7, isSystem: false, isAdmin: false, context: { lang: 'en_US' } },
  })
  expect((await signIn(reply)).result).not.toHaveProperty('facts.companyId')
})

test('Odoo 14 tells the company as a pair', async () => {
  const info = { uid: 2, username: 'admin', user_companies: { current_company: [3, 'YourCompany'] } }
  expect((await signIn(withSession(resultReply(info), SESSION_A))).result).toMatchObject({ facts: { companyId: 3 } })
})
