import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sandbox } from '../../index.ts'
import { type Client, refusalOf, signIn, startTestSandbox } from '../../testing/client.ts'
import type { OdooVersion } from '../../version/odoo-version.ts'

type Message = { readonly body: string; readonly subtype_id: unknown }

const VERSIONS: readonly { version: OdooVersion; answers: 'a number' | 'a list' }[] = [
  { version: 17, answers: 'a number' },
  { version: 18, answers: 'a number' },
  { version: 19, answers: 'a list' },
]

describe.each(VERSIONS)('messages of Odoo $version', ({ version, answers }) => {
  let sandbox: Sandbox
  let admin: Client
  let partner: number

  beforeAll(async () => {
    sandbox = await startTestSandbox({ odooVersion: version })
    admin = await signIn(sandbox, 'admin')
    partner = (await admin.call('res.partner', 'create', [{ name: 'Thread' }])) as number
  })

  afterAll(() => sandbox.close())

  const post = (kwargs: Record<string, unknown>, ids: unknown = [partner]) =>
    admin.call('res.partner', 'message_post', [ids], kwargs)

  test('a new record tells who made it, and is followed by him', async () => {
    const fields = ['message_ids', 'message_partner_ids', 'message_is_follower', 'has_message']
    const [record] = (await admin.call('res.partner', 'read', [[partner], fields])) as Record<string, unknown>[]
    expect(record).toMatchObject({ message_partner_ids: [3], message_is_follower: true, has_message: true })
    const [note] = (await admin.call('mail.message', 'read', [
      record?.message_ids,
      ['body', 'subtype_id'],
    ])) as Message[]
    expect(note).toMatchObject({ body: '<p>Contact created</p>', subtype_id: [2, 'Note'] })
  })

  test(`posting answers ${answers}`, async () => {
    const answer = await post({ body: 'x' })
    expect(Array.isArray(answer)).toBe(answers === 'a list')
  })

  test('text is shown as it is, and HTML only where it is said to be', async () => {
    const ids = [await post({ body: '<b>x</b>' }), await post({ body: '<p>y</p>', body_is_html: true })].flat()
    const read = (await admin.call('mail.message', 'read', [ids, ['body']])) as Message[]
    expect(read.map(({ body }) => body)).toEqual(['<p>&lt;b&gt;x&lt;/b&gt;</p>', '<p>y</p>'])
  })

  test.each([
    {
      name: 'an unknown value',
      kwargs: { body: 'x', nope: 1 },
      says: 'Those values are not supported when posting or notifying: nope',
    },
    {
      name: 'partners that are no list',
      kwargs: { partner_ids: 7 },
      says: 'Posting a message should receive partners as a list of IDs (received 7)',
    },
    {
      name: 'a message to users',
      kwargs: { message_type: 'user_notification' },
      says: 'Use message_notify to send a notification to an user.',
    },
  ])('refuses $name', async ({ kwargs, says }) => {
    expect(await refusalOf(post(kwargs))).toEqual({ exception: 'builtins.ValueError', message: says })
  })

  test('several records at once are refused', async () => {
    const refusal = await refusalOf(post({ body: 'x' }, [partner, 1]))
    expect(refusal.message).toBe(`Expected singleton: res.partner(${partner}, 1)`)
  })

  test('models without messages have no such method', async () => {
    const refusal = await refusalOf(admin.call('project.tags', 'message_post', [[1]], { body: 'x' }))
    expect(refusal.exception).toBe('builtins.AttributeError')
  })

  test('followers come and go', async () => {
    expect(await admin.call('res.partner', 'message_subscribe', [[partner], [7]])).toBe(true)
    expect(
      await admin.call('res.partner', 'search', [
        [
          ['message_partner_ids', 'in', [7]],
          ['id', '=', partner],
        ],
      ]),
    ).toEqual([partner])
    expect(await admin.call('res.partner', 'message_unsubscribe', [[partner], [7]])).toBeUndefined()
    expect(
      await admin.call('res.partner', 'search', [
        [
          ['message_partner_ids', 'in', [7]],
          ['id', '=', partner],
        ],
      ]),
    ).toEqual([])
  })

  test('a change of a name is noted, a change of a job is not', async () => {
    const count = () =>
      admin.call('mail.message', 'search_count', [
        [
          ['model', '=', 'res.partner'],
          ['res_id', '=', partner],
        ],
      ])
    const before = Number(await count())
    await admin.call('res.partner', 'write', [[partner], { function: 'Clerk' }])
    expect(await count()).toBe(before)
    await admin.call('res.partner', 'write', [[partner], { name: 'Renamed' }])
    expect(await count()).toBe(before + 1)
  })

  test('who may not read a record may not read what was said about it', async () => {
    const portal = await signIn(sandbox, 'portal')
    const ids = [await post({ body: 'x', subtype_xmlid: 'mail.mt_comment' })].flat()
    expect((await refusalOf(portal.call('mail.message', 'read', [ids, ['body']]))).exception).toBe(
      'odoo.exceptions.AccessError',
    )
    expect(await portal.call('mail.message', 'search', [[['id', 'in', ids]]])).toEqual([])
  })

  test('an activity shows at its record', async () => {
    await admin.call('res.partner', 'activity_schedule', [[partner], 'mail.mail_activity_data_todo'], {
      summary: 'Call',
    })
    const read = await admin.call('res.partner', 'read', [[partner], ['activity_state', 'activity_summary']])
    expect(read).toEqual([{ id: partner, activity_state: 'today', activity_summary: 'Call' }])
  })

  test('messages go with their record', async () => {
    const id = await admin.call('res.partner', 'create', [{ name: 'Short' }])
    await admin.call('res.partner', 'unlink', [[id]])
    const left = [
      ['model', '=', 'res.partner'],
      ['res_id', '=', id],
    ]
    expect(await admin.call('mail.message', 'search_count', [left])).toBe(0)
  })
})
