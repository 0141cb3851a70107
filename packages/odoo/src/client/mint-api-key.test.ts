import { describe, expect, test } from 'vitest'
import { mintOdooApiKey, ODOO_CAPABILITIES } from './index.ts'
import { openSession } from './testing/open-session.ts'
import { type Reply, resultReply, type SeenRequest } from './testing/recorded-odoo.ts'

const key = 'abcdef0123'.repeat(4)
const asksForPassword = { type: 'ir.actions.act_window', res_model: 'res.users.identitycheck', res_id: 5 }
const showsKey = { type: 'ir.actions.act_window', res_model: 'res.users.apikeys.show', context: { default_key: key } }

/** Answers as Odoo does (recordings auth/apikey_lifecycle); `made` is what make_key answers. */
function wizards(made: unknown): (request: SeenRequest) => Reply {
  const answers = new Map<string, unknown>([
    ['res.users.apikeys.description/create', 3],
    ['res.users.apikeys.description/make_key', made],
    ['res.users.identitycheck/write', true],
    ['res.users.identitycheck/run_check', showsKey],
  ])
  return ({ path }) => resultReply(answers.get(path.replace('/web/dataset/call_kw/', '')))
}

/** What Odoo is asked while a key is made: method, arguments, context. */
async function mint(version: 17 | 18 | 19, made: unknown = asksForPassword) {
  await using running = await openSession(wizards(made))
  const options = { password: 'pw', name: 'Gatehouse', durationDays: 90, odoo: ODOO_CAPABILITIES[version] } as const
  const minted = await mintOdooApiKey(running.session, options)
  const asked = running.odoo.seen.map(({ body }) => {
    const { method, args, kwargs } = JSON.parse(body).params
    return [method, args, kwargs]
  })
  return { minted, asked }
}

describe('an API key is made as the form of the account makes it', () => {
  test.each<[version: 17 | 18 | 19, asked: unknown[]]>([
    [
      17,
      [
        ['create', [{ name: 'Gatehouse' }], {}],
        ['make_key', [[3]], {}],
        ['write', [[5], { password: 'pw' }], {}],
        ['run_check', [[5]], {}],
      ],
    ],
    [
      18,
      [
        ['create', [{ name: 'Gatehouse', duration: '90' }], {}],
        ['make_key', [[3]], {}],
        ['write', [[5], { password: 'pw' }], {}],
        ['run_check', [[5]], {}],
      ],
    ],
    [
      19,
      [
        ['create', [{ name: 'Gatehouse', duration: '90' }], {}],
        ['make_key', [[3]], {}],
        ['run_check', [[5]], { context: { password: 'pw' } }],
      ],
    ],
  ])('on Odoo %i', async (version, asked) => {
    expect(await mint(version)).toEqual({ minted: { key }, asked })
  })

  test('without the password where it was asked for a moment ago', async () => {
    const { minted, asked } = await mint(18, showsKey)
    expect(minted).toEqual({ key })
    expect(asked).toHaveLength(2)
  })
})

test.each<[name: string, made: unknown]>([
  ['another wizard', { res_model: 'res.users', res_id: 5 }],
  ['nothing', null],
  ['a key of another form', { context: { default_key: '<b>' } }],
])('%s in answer to make_key is a bad answer', async (_, made) => {
  await expect(mint(18, made)).rejects.toMatchObject({ name: 'OdooUnreachable', reason: 'bad_answer' })
})
