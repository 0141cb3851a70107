import { describe, expect, test } from 'vitest'
import { createOdooTransport, isOdooApiKey, OdooKeyAccess, signInWithApiKey } from './index.ts'
import { type RecordedOdoo, type Reply, resultReply, type SeenRequest, startOdoo } from './testing/recorded-odoo.ts'

const key = '0123456789'.repeat(4)
const owner = { database: 'demo', login: 'demo', key }

/** Runs a piece of work on a server that answers so. */
async function onOdoo<T>(
  answer: (request: SeenRequest) => Reply,
  work: (transport: ReturnType<typeof createOdooTransport>, odoo: RecordedOdoo) => Promise<T>,
): Promise<T> {
  await using odoo = await startOdoo(answer)
  const transport = createOdooTransport({ url: odoo.url })
  try {
    return await work(transport, odoo)
  } finally {
    await transport.close()
  }
}

function faultReply(name: string, message: string): Reply {
  const data = { name, message, arguments: [message], context: {}, debug: 'Traceback: /opt/odoo' }
  return {
    ...resultReply(1),
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, error: { code: 200, message: 'x', data } }),
  }
}

function json2Reply(status: number, body: unknown): Reply {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(body) }
}

const isAuthenticate = ({ body }: SeenRequest) => JSON.parse(body).params.service === 'common'

describe('where there is no /json/2', () => {
  const options = { ...owner, uid: 6, json2: false }

  test('the key is the password of execute_kw', async () => {
    await onOdoo(
      () => resultReply([1]),
      async (transport, odoo) => {
        const access = new OdooKeyAccess(transport, options)
        expect(await access.callKw('res.partner', 'search', [[]], { limit: 1 })).toEqual([1])
        expect(odoo.seen[0]?.path).toBe('/jsonrpc')
        expect(JSON.parse(odoo.seen[0]?.body ?? '').params).toEqual({
          service: 'object',
          method: 'execute_kw',
          args: ['demo', 6, key, 'res.partner', 'search', [[]], { limit: 1 }],
        })
      },
    )
  })

  test.each<[name: string, authenticate: Reply, refused: object]>([
    ['a key that is gone', resultReply(false), { name: 'OdooKeyRefused', reason: 'denied' }],
    ['a key of somebody else', resultReply(7), { name: 'OdooKeyRefused', reason: 'denied' }],
    [
      'too many failures',
      faultReply('odoo.exceptions.AccessDenied', 'Too many login failures, please wait a bit before trying again.'),
      { name: 'OdooKeyRefused', reason: 'cooldown' },
    ],
    ['a method that denies access itself', resultReply(6), { name: 'OdooFault', exception: 'AccessDenied' }],
  ])('%s is told apart by asking whose key it is', async (_, authenticate, refused) => {
    const denied = faultReply('odoo.exceptions.AccessDenied', 'Access Denied')
    await onOdoo(
      (request) => (isAuthenticate(request) ? authenticate : denied),
      async (transport) => {
        const call = new OdooKeyAccess(transport, options).callKw('res.users', 'change_password', ['a', 'b'], {})
        await expect(call).rejects.toMatchObject(refused)
      },
    )
  })
})

describe('where there is /json/2', () => {
  const options = { ...owner, uid: 6, json2: true }

  test('arguments go by name, with the key as bearer and the database beside it', async () => {
    await onOdoo(
      () => json2Reply(200, true),
      async (transport, odoo) => {
        const access = new OdooKeyAccess(transport, options)
        expect(await access.callKw('res.partner', 'write', [[7], { name: 'A' }], {})).toBe(true)
        const [seen] = odoo.seen
        expect([seen?.method, seen?.path]).toEqual(['POST', '/json/2/res.partner/write'])
        expect(seen?.headers).toMatchObject({ authorization: `bearer ${key}`, 'x-odoo-database': 'demo' })
        expect(JSON.parse(seen?.body ?? '')).toEqual({ ids: [7], vals: { name: 'A' } })
      },
    )
  })

  test('a method whose parameters have no names here goes over execute_kw', async () => {
    await onOdoo(
      () => resultReply('done'),
      async (transport, odoo) => {
        const access = new OdooKeyAccess(transport, options)
        expect(await access.callKw('sale.order', 'do_it', [[7], 'now'], {})).toBe('done')
        expect(odoo.seen.map(({ path }) => path)).toEqual(['/jsonrpc'])
      },
    )
  })

  const denied = { name: 'odoo.exceptions.AccessError', message: 'No.', arguments: ['No.'], context: {}, debug: '/opt' }
  test.each<[name: string, reply: Reply, thrown: object]>([
    ['a refusal is a fault', json2Reply(403, denied), { name: 'OdooFault', exception: 'AccessError', message: 'No.' }],
    ['401 is a refused key', json2Reply(401, { name: 'werkzeug.exceptions.Unauthorized' }), { name: 'OdooKeyRefused' }],
    ['JSON of somebody else is a bad answer', json2Reply(404, { detail: 'no' }), { reason: 'bad_answer' }],
    ['a page is a bad answer', { ...json2Reply(502, ''), body: '<html>' }, { reason: 'bad_answer', status: 502 }],
  ])('%s', async (_, reply, thrown) => {
    await onOdoo(
      () => reply,
      async (transport) => {
        const call = new OdooKeyAccess(transport, options).callKw('res.partner', 'read', [[7]], {})
        await expect(call).rejects.toMatchObject(thrown)
      },
    )
  })
})

describe('whose key it is', () => {
  const odoo19 = { json2: true, hasGroupNeedsRecord: true }
  const answers = (login: string) => (request: SeenRequest) => {
    if (request.path.endsWith('/context_get')) return json2Reply(200, { lang: 'en_US', tz: false, uid: 6 })
    return request.path.endsWith('/read') ? json2Reply(200, [{ id: 6, login }]) : json2Reply(200, false)
  }

  test('Odoo tells', async () => {
    const user = await onOdoo(answers('demo'), (transport) => signInWithApiKey(transport, owner, odoo19))
    expect(user).toEqual({ uid: 6, login: 'demo', isSystem: false })
  })

  test('the key of another user is refused', async () => {
    const asked = onOdoo(answers('admin'), (transport) => signInWithApiKey(transport, owner, odoo19))
    await expect(asked).rejects.toMatchObject({ name: 'OdooKeyRefused', reason: 'denied' })
  })

  test.each([
    ['40 hexadecimal digits', key, true],
    ['a password', 'demo', false],
    ['41 digits', `${key}0`, false],
    ['a key with a line behind it', `${key}\n`, false],
  ])('%s', (_, text, is) => {
    expect(isOdooApiKey(text)).toBe(is)
  })
})

test('no error repeats the key', async () => {
  for (const json2 of [true, false]) {
    const error = await onOdoo(
      () => json2Reply(500, { oops: key }),
      (transport) => new OdooKeyAccess(transport, { ...owner, uid: 6, json2 }).callKw('res.partner', 'read', [[1]], {}),
    ).catch((reason: unknown) => reason)
    expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain(key)
  }
})
