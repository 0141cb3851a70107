import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sandbox } from '../../index.ts'
import { type Client, refusalOf, signIn, startTestSandbox } from '../../testing/client.ts'
import type { OdooVersion } from '../../version/odoo-version.ts'

type Rows = Record<string, unknown>[]

describe.each<OdooVersion>([17, 18, 19])('Odoo %i tells of itself', (odooVersion) => {
  let sandbox: Sandbox
  let admin: Client
  let demo: Client

  const read = async (who: Client, model: string, domain: unknown[], fields: string[], order = 'id'): Promise<Rows> =>
    (await who.call(model, 'search_read', [domain], { fields, order })) as Rows

  beforeAll(async () => {
    sandbox = await startTestSandbox({ odooVersion })
    admin = await signIn(sandbox, 'admin')
    demo = await signIn(sandbox, 'demo')
  })

  afterAll(() => sandbox.close())

  test('models have a row each, with their fields, rights and rules', async () => {
    const fields = ['name', 'model', 'transient', 'field_id', 'access_ids', 'rule_ids', 'count']
    const [partner] = await read(admin, 'ir.model', [['model', '=', 'res.partner']], fields)
    const described = (await admin.call('res.partner', 'fields_get', [])) as Record<string, unknown>
    expect(partner).toMatchObject({ name: 'Contact', transient: false })
    const lengthOf = (list: unknown): number => (Array.isArray(list) ? list.length : 0)
    expect(lengthOf(partner?.field_id)).toBeGreaterThanOrEqual(Object.keys(described).length)
    expect(lengthOf(partner?.access_ids)).toBeGreaterThan(3)
    expect(lengthOf(partner?.rule_ids)).toBe(2)
    expect(partner?.count).toBe(
      await admin.call('res.partner', 'search_count', [[]], { context: { active_test: false } }),
    )
  })

  test('fields say what fields_get says', async () => {
    const columns = ['name', 'ttype', 'field_description', 'required', 'relation', 'store', 'index', 'selection']
    const rows = await read(admin, 'ir.model.fields', [['model', '=', 'res.partner']], columns)
    const described = (await admin.call('res.partner', 'fields_get', [])) as Record<string, Record<string, unknown>>
    for (const row of rows) {
      const facts = described[String(row.name)]
      if (facts === undefined) continue
      expect(row, String(row.name)).toMatchObject({
        ttype: facts.type,
        field_description: facts.string,
        required: facts.required,
        relation: facts.relation ?? false,
        store: facts.store,
      })
    }
    expect(rows.find(({ name }) => name === 'company_type')?.selection).toMatch(
      /^\[\('person', '\w+'\), \('company', 'Company'\)\]$/,
    )
  })

  test('a field is named with its model', async () => {
    const [field] = await read(
      admin,
      'ir.model.fields',
      [
        ['model', '=', 'res.partner'],
        ['name', '=', 'email'],
      ],
      ['display_name'],
    )
    expect(field?.display_name).toBe('Email (Contact)')
  })

  test('rights are those that are asked', async () => {
    const domain = [['model_id.model', '=', 'res.country']]
    const rows = await read(admin, 'ir.model.access', domain, ['group_id', 'perm_read', 'perm_write'])
    expect(rows.map(({ perm_read: mayRead, perm_write: mayWrite }) => [mayRead, mayWrite])).toContainEqual([
      true,
      false,
    ])
    expect(rows.every(({ group_id: group }) => group === false || Array.isArray(group))).toBe(true)
  })

  test('records have external names, which go with them', async () => {
    const named = await read(
      admin,
      'ir.model.data',
      [['name', '=', 'be']],
      ['complete_name', 'reference', 'display_name'],
    )
    expect(named).toEqual([
      { id: expect.any(Number), complete_name: 'base.be', reference: 'res.country,20', display_name: 'Belgium' },
    ])
    const [tag] = await read(admin, 'ir.model.data', [['model', '=', 'project.tags']], ['res_id', 'module', 'name'])
    const reference = () => admin.call('ir.model.data', 'check_object_reference', [tag?.module, tag?.name])
    expect(await reference()).toEqual(['project.tags', tag?.res_id])
    await admin.call('project.tags', 'unlink', [[tag?.res_id]])
    expect((await refusalOf(reference())).message).toBe(
      `External ID not found in the system: ${tag?.module}.${tag?.name}`,
    )
  })

  test('an employee reads modules, and no models, fields, rights or rules', async () => {
    expect(await read(demo, 'ir.module.module', [['name', '=', 'base']], ['state'])).toEqual([
      { id: expect.any(Number), state: 'installed' },
    ])
    for (const model of ['ir.model', 'ir.model.fields', 'ir.model.access', 'ir.rule', 'ir.model.data']) {
      const refusal = await refusalOf(demo.call(model, 'search_read', [[]]))
      expect(refusal.exception, model).toBe('odoo.exceptions.AccessError')
    }
  })

  test('an employee is told the models that he may read', async () => {
    const models = (await demo.call('ir.model', 'get_available_models', [])) as { model: string }[]
    const names = models.map(({ model }) => model)
    expect(names).toContain('res.partner')
    expect(names).not.toContain('ir.model')
    expect(await demo.call('ir.model', 'display_name_for', [['res.partner', 'ir.model', 'nope']])).toEqual([
      { display_name: 'Contact', model: 'res.partner' },
      { display_name: 'ir.model', model: 'ir.model' },
      { display_name: 'nope', model: 'nope' },
    ])
  })

  test('menus are found by those who would see them', async () => {
    const settings = [
      ['name', '=', 'Settings'],
      ['parent_id', '=', false],
    ]
    // From 19 on a search finds every menu.
    expect(await demo.call('ir.ui.menu', 'search', [settings])).toHaveLength(odooVersion === 19 ? 1 : 0)
    const all = { context: { 'ir.ui.menu.full_list': true } }
    expect(await demo.call('ir.ui.menu', 'search', [settings], all)).toHaveLength(1)
    const [users] = await read(admin, 'ir.ui.menu', [['name', '=', 'Users']], ['complete_name', 'action'])
    expect(users?.complete_name).toBe('Settings/Users & Companies/Users')
    expect(users?.action).toMatch(/^ir\.actions\.act_window,\d+$/)
  })

  test('reports say what they are about', async () => {
    const [report] = await read(
      admin,
      'ir.actions.report',
      [['report_name', '=', 'base.report_irmodeloverview']],
      ['model', 'report_type', 'model_id', 'type'],
    )
    expect(report).toMatchObject({ model: 'ir.model', report_type: 'qweb-pdf', type: 'ir.actions.report' })
    expect(report?.model_id).toEqual([expect.any(Number), 'Models'])
  })
})

describe('numbers in a row', () => {
  test('count on, with what stands before and after them', async () => {
    const sandbox = await startTestSandbox()
    const admin = await signIn(sandbox, 'admin')
    const values = { name: 'G', code: 'golden', prefix: 'G/%(year)s/', suffix: '!', padding: 3, number_increment: 2 }
    const id = await admin.call('ir.sequence', 'create', [values])
    expect(await admin.call('ir.sequence', 'next_by_code', ['golden'])).toBe('G/2026/001!')
    expect(await admin.call('ir.sequence', 'next_by_id', [[id]])).toBe('G/2026/003!')
    expect(await admin.call('ir.sequence', 'next_by_code', ['none'])).toBe(false)
    await sandbox.close()
  })
})
