import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, call } from '../../harness/http-call.ts'
import { numberAt } from '../../harness/json-reading.ts'
import { target } from '../../harness/target.ts'
import { FENCE, openStage, type Stage } from './stage.ts'

type Attempt = (stage: Stage) => Promise<Answer>

type Values = object | ((ids: Stage['ids']) => object)

const valuesOf = (values: Values, { ids }: Stage) => (typeof values === 'function' ? values(ids) : values)

/** A new record, a contact unless said otherwise. */
const create =
  (values: Values, model = 'res.partner'): Attempt =>
  (stage) =>
    stage.fence.create(model, { values: { name: 'New', ...valuesOf(values, stage) } })

/** New values for a record, the contact inside the fence unless said otherwise. */
const update =
  (values: Values, model = 'res.partner', which: keyof Stage['ids'] = 'inside'): Attempt =>
  (stage) =>
    stage.fence.update(model, stage.ids[which], { values: valuesOf(values, stage) })

/** The contact inside the fence, with commands for its contacts. */
const children = (commands: (ids: Stage['ids']) => unknown): Attempt =>
  update((ids) => ({ phone: '5', child_ids: commands(ids) }))

/** The same with commands for its tags, which may only be read. */
const tags = (commands: (ids: Stage['ids']) => unknown): Attempt => update((ids) => ({ category_id: commands(ids) }))

/** The same with commands for its bank accounts, which may only be read. */
const banks = (commands: (ids: Stage['ids']) => unknown): Attempt => update((ids) => ({ bank_ids: commands(ids) }))

/** A call of any form. */
const raw =
  (method: string, path: (ids: Stage['ids']) => string, json?: object): Attempt =>
  async ({ url, session, ids }) =>
    call(url, { method, path: path(ids), json, headers: { Authorization: `Bearer ${await session.bearer()}` } })

const at =
  (api: string, attempt: (stage: Stage) => Promise<Answer>): Attempt =>
  async (stage) =>
    attempt({ ...stage, fence: await stage.at(api) })

/** What a client may not write whatever the model. */
const VALUES: readonly (readonly [string, Attempt])[] = [
  ['a new record with another value', create({ function: 'elsewhere' })],
  ['a new record without a value', create({ function: false })],
  ['a new record with null', create({ function: null })],
  ['a new record with an empty value', create({ function: '' })],
  ['a new record with the value in capitals', create({ function: FENCE.toUpperCase() })],
  ['a new record with the value and a space', create({ function: `${FENCE} ` })],
  ['a new record with a list', create({ function: [FENCE] })],
  ['a record that leaves', update({ function: 'elsewhere' })],
  ['a record that leaves for nowhere', update({ function: false })],
  ['a record that leaves among good values', update({ phone: '5', function: null })],
  ['a record outside', update({ phone: '5' }, 'res.partner', 'outside')],
  ['a record outside that is to come in', update({ function: FENCE }, 'res.partner', 'outside')],
  ['a record below one inside, and outside', update({ phone: '5' }, 'res.partner', 'outsideChild')],
  ['a relation to a record outside', update((ids) => ({ parent_id: ids.outside }))],
  ['a new record with such a relation', create((ids) => ({ parent_id: ids.outside }))],
  ['a field that is not shown', update({ ref: 'x' })],
  ['a field that is shown and not written', update({ company_id: 1 })],
  ['a field that Odoo keeps', update({ create_uid: 1 })],
  ['an id for a new record', create({ id: 4242 })],
  ['a field that there is not', update({ no_such_field: 1 })],
  ['a path as a field', update({ 'parent_id.name': 'x' })],
  ['the record of a user, by the user', update({ user_ids: [[0, 0, { login: 'x', password: 'x' }]] })],
  ['a default by its field', create({ default_function: 'elsewhere' })],
  ['a name of Python', update({ __class__: 'x' })],
  ['SQL as a field', update({ 'name"; DELETE FROM res_partner; --': 'x' })],
  ['a text for a relation', update({ country_id: 'Belgium' })],
  ['a pair for a relation', update({ country_id: [20, 'Belgium'] })],
  ['a boolean for a relation', update({ country_id: true })],
  ['a relation to a record below zero', update({ country_id: -1 })],
]

const COMMANDS: readonly (readonly [string, Attempt])[] = [
  ['0 with another value', children(() => [[0, 0, { name: 'x', function: 'elsewhere' }]])],
  ['0 with a hidden field', children(() => [[0, 0, { name: 'x', ref: 'x' }]])],
  ['0 in 0 with another value', children(() => [[0, 0, { name: 'x', child_ids: [[0, 0, { function: 'y' }]] }]])],
  [
    '0 in 0 in 0 with another value',
    children(() => [[0, 0, { name: 'x', child_ids: [[0, 0, { name: 'y', child_ids: [[0, 0, { function: 'z' }]] }]] }]]),
  ],
  ['0 with a relation outside', children(({ outside }) => [[0, 0, { name: 'x', parent_id: outside }]])],
  ['1 outside', children(({ outsideChild }) => [[1, outsideChild, { phone: '5' }]])],
  ['1 that leaves', children(({ insideChild }) => [[1, insideChild, { function: 'elsewhere' }]])],
  ['1 with a hidden field', children(({ insideChild }) => [[1, insideChild, { ref: 'x' }]])],
  [
    '1 in 1 outside',
    children(({ insideChild, outside }) => [[1, insideChild, { child_ids: [[1, outside, { phone: '5' }]] }]]),
  ],
  ['2 outside', children(({ outsideChild }) => [[2, outsideChild]])],
  ['2 in 1 outside', children(({ insideChild, outside }) => [[1, insideChild, { child_ids: [[2, outside]] }]])],
  ['3 outside', children(({ outsideChild }) => [[3, outsideChild]])],
  ['4 outside', children(({ outside }) => [[4, outside]])],
  ['5 with some outside', children(() => [[5]])],
  ['6 with some outside', children(({ insideChild }) => [[6, 0, [insideChild]]])],
  ['6 with one outside', children(({ outside }) => [[6, 0, [outside]]])],
  ['6 of none', children(() => [[6, 0, []]])],
  ['false', children(() => false)],
  ['a list of ids', children(({ outside }) => [outside])],
  [
    'a good one and a bad one',
    children(({ insideChild, outside }) => [
      [1, insideChild, { phone: '5' }],
      [2, outside],
    ]),
  ],
  ['an id as a text', children(({ outsideChild }) => [[2, String(outsideChild)]])],
  ['an id in a list', children(({ outsideChild }) => [[2, [outsideChild]]])],
  ['an id below zero', children(() => [[4, -1]])],
  ['a huge id', children(() => [[4, 99_999_999_999_999]])],
  ['a boolean as an id', children(() => [[4, true]])],
  ['a command that there is not', children(({ insideChild }) => [[7, insideChild]])],
  ['a command as a text', children(({ insideChild }) => [['2', insideChild]])],
  ['a command as an object', children(({ outside }) => [{ command: 2, id: outside }])],
  ['a command in a command', children(({ outside }) => [[[2, outside]]])],
  ['a command without a record', children(() => [[2]])],
  ['a text', children(() => 'DELETE')],
  ['0 on tags that may be read', tags(() => [[0, 0, { name: 'x' }]])],
  ['1 on such tags', tags(({ tag }) => [[1, tag, { name: 'x' }]])],
  ['2 on such tags', tags(({ tag }) => [[2, tag]])],
  ['0 on accounts that may be read', banks(() => [[0, 0, { acc_number: 'x' }]])],
  ['1 on such accounts', banks(({ bank }) => [[1, bank, { acc_number: 'x' }]])],
  ['2 on such accounts', banks(({ bank }) => [[2, bank]])],
  ['3 on such accounts', banks(({ bank }) => [[3, bank]])],
  ['4 on such accounts', banks(({ bank }) => [[4, bank]])],
  ['5 on such accounts', banks(() => [[5]])],
  ['6 on such accounts', banks(() => [[6, 0, []]])],
]

const ELSEWHERE: readonly (readonly [string, Attempt])[] = [
  ['the password of a user', ({ fence }) => fence.update('res.users', 2, { values: { password: 'x' } })],
  ['a new user', create({ login: 'x' }, 'res.users')],
  ['a user deleted', ({ fence }) => fence.remove('res.users', 2)],
  ['a country renamed', ({ fence }) => fence.update('res.country', 1, { values: { name: 'x' } })],
  ['a tag made', create({}, 'res.partner.category')],
  ['a tag deleted', ({ fence, ids }) => fence.remove('res.partner.category', ids.tag)],
  ['a rule made', create({ domain_force: '[]' }, 'ir.rule')],
  ['a system parameter', create({ key: 'x', value: 'x' }, 'ir.config_parameter')],
  ['an action with code', create({ state: 'code', code: 'x' }, 'ir.actions.server')],
  ['a group joined', ({ fence }) => fence.update('res.groups', 1, { values: { users: [[4, 2]] } })],
  ['a record outside deleted', ({ fence, ids }) => fence.remove('res.partner', ids.outside)],
  ['a task where nobody could tell whether it lies inside', create({}, 'project.task')],
  ['a task that moves to another project', update({ project_id: 1 }, 'project.task', 'task')],
  [
    'an answer with a hidden field',
    ({ fence, ids }) => fence.update('res.partner', ids.inside, { values: { phone: '5' }, fields: ['ref'] }),
  ],
  [
    'an answer with a hidden relation',
    ({ fence, ids }) =>
      fence.update('res.partner', ids.inside, { values: { phone: '5' }, expand: { company_id: ['name'] } }),
  ],
  [
    'a context beside the values',
    ({ fence }) => fence.create('res.partner', { values: { name: 'x' }, context: { default_function: 'y' } }),
  ],
  ['values that are a list', ({ fence }) => fence.create('res.partner', { values: [{ name: 'x' }, { name: 'y' }] })],
  [
    'two ids',
    raw('PUT', (ids) => `/api/send_request?model=res.partner&id=${ids.inside}&id=${ids.outside}`, {
      values: { phone: '5' },
    }),
  ],
  ['ids with a comma', raw('DELETE', (ids) => `/api/send_request?model=res.partner&id=${ids.inside},${ids.outside}`)],
  ['ids as a list', raw('DELETE', (ids) => `/api/send_request?model=res.partner&id=[${ids.outside}]`)],
  ['all of them', raw('DELETE', () => '/api/send_request?model=res.partner')],
  ['those of a domain', raw('DELETE', () => '/api/send_request?model=res.partner&domain=[]')],
  ['a method of Odoo', raw('POST', () => '/web/dataset/call_kw/res.partner/unlink', { params: { args: [[1]] } })],
  [
    'a method by a button',
    raw('POST', () => '/web/dataset/call_button', { params: { model: 'res.partner', method: 'unlink', args: [[1]] } }),
  ],
  ['the old RPC', raw('POST', () => '/jsonrpc', { params: { service: 'object', method: 'execute_kw', args: [] } })],
  ['the new RPC', raw('POST', () => '/json/2/res.partner/unlink', { ids: [1] })],
  [
    'a method in the query',
    raw('POST', () => '/api/send_request?model=res.partner&method=unlink', { values: { name: 'x' } }),
  ],
  ['mine: a record of nobody', at('mine', create({ user_id: false }))],
  ['mine: a record of another', at('mine', create({ user_id: 1 }))],
  ['mine: a record of another is taken', at('mine', update({ user_id: 2 }, 'res.partner', 'outside'))],
  ['mine: the placeholder as a value', at('mine', create({ user_id: '$uid' }))],
  ['company: a record of no company', at('company', create({ company_id: false }))],
  ['company: a record of another company', at('company', create({ company_id: 4242 }))],
  ['company: a record of no company is taken', at('company', update({ company_id: 1 }, 'res.partner', 'outside'))],
  [
    'company: a contact in another company',
    at('company', create({ child_ids: [[0, 0, { name: 'x', company_id: 9 }]] })),
  ],
  ['scoped: a new record', at('scoped', create({}))],
  ['scoped: a change', at('scoped', update({ phone: '5' }))],
  ['scoped: a record deleted', at('scoped', ({ fence, ids }) => fence.remove('res.partner', ids.inside))],
  [
    'scoped: what the exposure does not have',
    at('scoped', ({ fence }) => fence.update('res.country', 1, { values: { name: 'x' } })),
  ],
]

// skip: needs the sandbox, whose every record is the test's own; what others write to an Odoo would look like a leak.
describe.skipIf(target.kind !== 'sandbox')('ways to write around the policy', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage()
  })
  afterAll(() => stage.stop())

  test.each(VALUES)('%s', async (_name, attempt) => {
    await stage.expectNothing(await attempt(stage))
  })

  test.each(COMMANDS)('command %s', async (_name, attempt) => {
    await stage.expectNothing(await attempt(stage))
  })

  test.each(ELSEWHERE)('%s', async (_name, attempt) => {
    await stage.expectNothing(await attempt(stage))
  })

  // Last: from here on Odoo is not as it was.
  test('the doors are not shut: each takes what it should, and puts it where it belongs', async () => {
    const { fence, odoo, ids } = stage
    const inside = { phone: '5', child_ids: [[0, 0, { name: 'Made inside' }]], category_id: [[4, ids.tag]] }
    expect((await fence.update('res.partner', ids.inside, { values: inside })).status).toBe(200)
    const made = await odoo.search('res.partner', [['name', '=', 'Made inside']], ['function', 'parent_id'])
    expect(made).toMatchObject([{ function: FENCE, parent_id: [ids.inside, expect.any(String)] }])

    const company = await (await stage.at('company')).create('res.partner', { values: { name: 'Ours' } })
    const mine = await (await stage.at('mine')).create('res.partner', { values: { name: 'Mine' } })
    const found = await odoo.search(
      'res.partner',
      [['id', 'in', [numberAt(company.json, 'id'), numberAt(mine.json, 'id')]]],
      ['company_id', 'user_id'],
    )
    expect(found).toMatchObject([
      { company_id: [1, expect.any(String)] },
      { user_id: [stage.session.userId, expect.any(String)] },
    ])
  })
})
