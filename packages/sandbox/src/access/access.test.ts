import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sandbox } from '../index.ts'
import { type Client, refusalOf, signIn, startTestSandbox } from '../testing/client.ts'

let sandbox: Sandbox
let admin: Client
let demo: Client
let portal: Client

beforeAll(async () => {
  sandbox = await startTestSandbox()
  admin = await signIn(sandbox, 'admin')
  demo = await signIn(sandbox, 'demo')
  portal = await signIn(sandbox, 'portal')
})

afterAll(() => sandbox.close())

const notAllowed = (verb: string, label: string, model: string, ...groups: string[]) => ({
  exception: 'odoo.exceptions.AccessError',
  message:
    `You are not allowed to ${verb} '${label}' (${model}) records.\n\nThis operation is allowed for the following groups:\n` +
    `${groups.map((group) => `\t- ${group}`).join('\n')}\n\nContact your administrator to request access if necessary.`,
})

const hidden = (name: string, uid: number, operation: string, label: string, model: string) => ({
  exception: 'odoo.exceptions.AccessError',
  message:
    'Uh-oh! Looks like you have stumbled upon some top-secret records.\n\n' +
    `Sorry, ${name} (id=${uid}) doesn't have '${operation}' access to:\n- ${label} (${model})\n\n` +
    'If you really, really need access, perhaps you can win over your friendly administrator with a batch of freshly baked cookies.',
})

describe('the demonstration user', () => {
  test('makes, changes and deletes contacts', async () => {
    const id = await demo.call('res.partner', 'create', [{ name: 'By demo' }])
    expect(await demo.call('res.partner', 'write', [[id], { name: 'Changed' }])).toBe(true)
    expect(await demo.call('res.partner', 'unlink', [[id]])).toBe(true)
  })

  test.each([
    ['modify', 'res.company', 'Companies', 'write', [[1], { name: 'X' }], 'Administration/Access Rights'],
    ['modify', 'res.users', 'User', 'write', [[2], { name: 'X' }], 'Administration/Access Rights'],
    ['create', 'res.users', 'User', 'create', [{ name: 'X', login: 'x_x' }], 'Administration/Access Rights'],
    ['create', 'res.country', 'Country', 'copy', [[20]], 'Administration/Settings'],
    ['delete', 'res.country', 'Country', 'unlink', [[20]], 'Administration/Settings'],
    ['modify', 'res.country', 'Country', 'write', [[999999], { name: 'X' }], 'Administration/Settings'],
    ['delete', 'project.project', 'Project', 'unlink', [[1]], 'Project/Administrator'],
  ])('may not %s %s', async (verb, model, label, method, args, group) => {
    expect(await refusalOf(demo.call(model, method, args))).toEqual(notAllowed(verb, label, model, group))
  })

  test('changes some of its own user, but not its groups', async () => {
    expect(await demo.call('res.users', 'write', [[6], { tz: 'Europe/Brussels' }])).toBe(true)
    expect((await refusalOf(demo.call('res.users', 'write', [[6], { groups_id: [[4, 4]] }]))).exception).toBe(
      'odoo.exceptions.AccessError',
    )
    expect((await refusalOf(demo.call('res.users', 'write', [[6], { tz: 'UTC', login: 'x' }]))).exception).toBe(
      'odoo.exceptions.AccessError',
    )
  })

  test.each([
    ['read', 'res.country', true],
    ['write', 'res.country', false],
    ['create', 'res.partner', true],
  ])('is told whether it may %s %s: %s', async (operation, model, may) => {
    expect(await demo.call(model, 'check_access_rights', [operation], { raise_exception: false })).toBe(may)
    expect(await demo.call(model, 'has_access', [[], operation])).toBe(may)
  })

  test('is told whether a user is in a group', async () => {
    expect(await demo.call('res.users', 'has_group', [[2], 'base.group_system'])).toBe(true)
    expect(await demo.call('res.users', 'has_group', [[6], 'base.group_system'])).toBe(false)
    expect(await demo.call('res.users', 'has_group', [[6], 'no.such_group'])).toBe(false)
  })
})

describe('a field kept for a group', () => {
  const refused = (operation: string) => ({
    exception: 'odoo.exceptions.AccessError',
    message:
      'You do not have enough rights to access the fields "signup_type" on Contact (res.partner). Please contact your system administrator.\n\n' +
      `Operation: ${operation}\nUser: 6\nFields:\n- signup_type (allowed for groups 'Administration / Access Rights')`,
  })

  test.each([
    ['read', 'read', [[15], ['name', 'signup_type']], {}],
    ['write', 'write', [[15], { signup_type: 'x' }], {}],
    ['read', 'search', [[['signup_type', '=', 'x']]], {}],
    ['read', 'search', [[]], { order: 'signup_type' }],
    ['read', 'web_read', [[15]], { specification: { signup_type: {} } }],
    ['read', 'search', [[['child_ids.signup_type', '=', 'x']]], {}],
  ])('is refused to others: %s by %s', async (operation, method, args, kwargs) => {
    expect(await refusalOf(demo.call('res.partner', method, args, kwargs))).toEqual(refused(operation))
  })

  test('is not in their fields_get, nor in what they read without naming fields', async () => {
    expect(await demo.call('res.partner', 'fields_get', [['signup_type', 'name']], { attributes: ['type'] })).toEqual({
      name: { type: 'char' },
    })
    const [record] = (await demo.call('res.partner', 'read', [[15]])) as object[]
    expect(record).not.toHaveProperty('signup_type')
  })

  test('is open to the group', async () => {
    expect(await admin.call('res.partner', 'read', [[15], ['signup_type']])).toEqual([
      { id: 15, signup_type: 'signup' },
    ])
  })
})

describe('the portal user', () => {
  test('sees its own contact, user and company only', async () => {
    expect(await portal.call('res.partner', 'search', [[]])).toEqual([8])
    expect(await portal.call('res.users', 'search_read', [[]], { fields: ['login'] })).toEqual([
      { id: 7, login: 'portal' },
    ])
    expect(await portal.call('res.company', 'search', [[]])).toEqual([1])
    expect(await portal.call('res.country', 'search_count', [[['code', '=', 'BE']]])).toBe(1)
  })

  test('sees those below its own contact', async () => {
    const id = await admin.call('res.partner', 'create', [{ name: 'Below Joel', parent_id: 8 }])
    expect(await portal.call('res.partner', 'search', [[]], { order: 'id' })).toEqual([8, id])
    await admin.call('res.partner', 'unlink', [[id]])
  })

  test('is refused others', async () => {
    expect(await refusalOf(portal.call('res.partner', 'read', [[15], ['name']]))).toEqual(
      hidden('Joel Willis', 7, 'read', 'Contact', 'res.partner'),
    )
    expect(await portal.call('res.partner', 'search', [[['id', '=', 15]]])).toEqual([])
    expect(await portal.call('res.partner', 'search_count', [[['child_ids.name', 'ilike', 'freeman']]])).toBe(0)
  })

  test('neither makes nor changes contacts', async () => {
    const groups = ['Extra Rights/Contact Creation', 'Sales/Administrator']
    expect(await refusalOf(portal.call('res.partner', 'create', [{ name: 'x' }]))).toEqual(
      notAllowed('create', 'Contact', 'res.partner', ...groups),
    )
    expect(await refusalOf(portal.call('res.partner', 'write', [[8], { phone: '1' }]))).toEqual(
      notAllowed('modify', 'Contact', 'res.partner', ...groups),
    )
  })

  test('sees the projects and the tasks that it follows', async () => {
    expect(await portal.call('project.project', 'search', [[]])).toEqual([])
    await admin.call('project.project', 'write', [[5], { message_partner_ids: [[4, 8]] }])
    expect(await portal.call('project.project', 'search', [[]])).toEqual([5])
    expect(await portal.call('project.task', 'search_count', [[]])).toBe(0)
    const [task] = (await admin.call('project.task', 'search', [[['project_id', '=', 5]]])) as number[]
    await admin.call('project.task', 'write', [[task], { message_partner_ids: [[4, 8]] }])
    expect(await portal.call('project.task', 'search', [[]])).toEqual([task])
    await admin.call('project.task', 'write', [[task], { message_partner_ids: [[3, 8]] }])
    await admin.call('project.project', 'write', [[5], { message_partner_ids: [[3, 8]] }])
  })
})

describe('a record that a rule hides', () => {
  let project: unknown
  let task: unknown

  beforeAll(async () => {
    project = await admin.call('project.project', 'create', [{ name: 'Hidden', privacy_visibility: 'followers' }])
    task = await admin.call('project.task', 'create', [
      { name: 'Hidden Task', project_id: project, user_ids: [[6, 0, []]] },
    ])
  })

  const task6 = hidden('Marc Demo', 6, 'read', 'Task', 'project.task')
  const project6 = hidden('Marc Demo', 6, 'read', 'Project', 'project.project')

  test('is refused to every method on it', async () => {
    expect(await refusalOf(demo.call('project.task', 'read', [[task], ['name']]))).toEqual(task6)
    expect(await refusalOf(demo.call('project.task', 'web_read', [[task]], { specification: { name: {} } }))).toEqual(
      task6,
    )
    expect(await refusalOf(demo.call('project.task', 'write', [[task], { name: 'x' }]))).toEqual(task6)
    expect(await refusalOf(demo.call('project.task', 'unlink', [[task]]))).toEqual(task6)
    expect(await refusalOf(demo.call('project.task', 'copy', [[task]]))).toEqual(task6)
    expect(await refusalOf(demo.call('project.project', 'read', [[project], ['name']]))).toEqual(project6)
    expect(await admin.call('project.task', 'read', [[task], ['name']])).toEqual([{ id: task, name: 'Hidden Task' }])
  })

  test('is left out of searches and lists', async () => {
    expect(await demo.call('project.task', 'search', [[['id', '=', task]]])).toEqual([])
    expect(await demo.call('project.task', 'search_count', [[['id', '=', task]]])).toBe(0)
    const visible = await admin.call('project.task', 'create', [
      { name: 'Linked', project_id: 1, depend_on_ids: [[6, 0, [task]]] },
    ])
    expect(await demo.call('project.task', 'read', [[visible], ['depend_on_ids']])).toEqual([
      { id: visible, depend_on_ids: [] },
    ])
    expect(
      await demo.call('project.task', 'web_read', [[visible]], {
        specification: { depend_on_ids: { fields: { name: {} } } },
      }),
    ).toEqual([{ id: visible, depend_on_ids: [] }])
  })

  test('counts more than a missing one', async () => {
    expect(await refusalOf(demo.call('project.task', 'read', [[task, 999999], ['name']]))).toEqual(task6)
  })

  test('takes no new records', async () => {
    expect(await refusalOf(demo.call('project.task', 'create', [{ name: 'x', project_id: project }]))).toEqual(project6)
  })

  test('shows when the user follows it', async () => {
    await admin.call('project.project', 'write', [[project], { message_partner_ids: [[4, 7]] }])
    expect(await demo.call('project.task', 'read', [[task], ['name']])).toEqual([{ id: task, name: 'Hidden Task' }])
    await admin.call('project.project', 'write', [[project], { message_partner_ids: [[3, 7]] }])
  })
})

describe('groups', () => {
  test('work at once in a live session', async () => {
    const id = await admin.call('res.users', 'create', [
      { name: 'G', login: 'grp', password: 'grp', groups_id: [[6, 0, [1]]] },
    ])
    const user = await signIn(sandbox, 'grp')
    const create = () => user.call('res.partner', 'create', [{ name: 'G1' }])
    expect((await refusalOf(create())).exception).toBe('odoo.exceptions.AccessError')
    await admin.call('res.users', 'write', [[id], { groups_id: [[4, 9]] }])
    expect(await create()).toEqual(expect.any(Number))
    await admin.call('res.users', 'write', [[id], { groups_id: [[3, 9]] }])
    expect((await refusalOf(create())).exception).toBe('odoo.exceptions.AccessError')
  })

  test('bring along the groups that they imply', async () => {
    const id = await admin.call('res.users', 'create', [{ name: 'S', login: 'sys', groups_id: [[6, 0, [1]]] }])
    await admin.call('res.users', 'write', [[id], { groups_id: [[4, 4]] }])
    expect(await admin.call('res.users', 'has_group', [[id], 'base.group_erp_manager'])).toBe(true)
    expect(
      await admin.call('res.users', 'search', [
        [
          ['groups_id', 'in', [2]],
          ['id', '=', id],
        ],
      ]),
    ).toEqual([id])
  })

  test('decide who shares records from outside', async () => {
    const id = await admin.call('res.users', 'create', [{ name: 'P', login: 'outside', groups_id: [[6, 0, [10]]] }])
    expect(await admin.call('res.users', 'read', [[id], ['share', 'partner_share']])).toEqual([
      { id, share: true, partner_share: true },
    ])
  })
})
