import { describe, expect, test } from 'vitest'
import { refusalOf } from '../testing/client.ts'
import { useSandbox } from '../testing/workbench.ts'

const named = { fields: { display_name: {} } }

describe.each([17, 18, 19] as const)('onchange of Odoo %s', (odooVersion) => {
  const { admin } = useSandbox({ odooVersion })
  const onchange = (ids: number[], values: unknown, changed: string[], specification: unknown, model = 'res.partner') =>
    admin.call(model, 'onchange', [ids, values, changed, specification])

  test('tells the defaults of a new record', async () => {
    expect(await onchange([], {}, [], { name: {}, type: {}, active: {}, country_id: named, child_ids: named })).toEqual(
      {
        value: { name: false, type: 'contact', active: true, country_id: false },
      },
    )
    expect(await onchange([], {}, [], { user_ids: named }, 'project.task')).toEqual({
      value: { user_ids: [[4, 2, { id: 2, display_name: 'Mitchell Admin' }]] },
    })
  })

  test('tells what follows from a change, and nothing else', async () => {
    const specification = { name: {}, parent_id: named, country_id: named, is_company: {}, company_type: {} }
    expect(await onchange([], { name: 'X', parent_id: 1 }, ['parent_id'], specification)).toEqual({
      value: { country_id: { id: 233, display_name: 'United States' } },
    })
    expect(await onchange([], { is_company: true }, ['is_company'], specification)).toEqual({
      value: { company_type: 'company' },
    })
    expect(await onchange([1], { name: 'Y' }, ['name'], specification)).toEqual({ value: {} })
  })

  test('keeps state and country together', async () => {
    const specification = { state_id: {}, country_id: {} }
    expect(await onchange([], { state_id: 13 }, ['state_id'], specification)).toEqual({ value: { country_id: 233 } })
    expect(await onchange([], { state_id: 13, country_id: 20 }, ['country_id'], specification)).toEqual({
      value: { state_id: false },
    })
  })

  test('gives a task the first stage and the customer of its project', async () => {
    const value = { project_id: 1 }
    expect(
      await onchange([], value, ['project_id'], { stage_id: named, partner_id: {} }, 'project.task'),
    ).toMatchObject({
      value: { stage_id: { id: 1, display_name: 'New' }, partner_id: expect.any(Number) },
    })
  })

  test('keeps nothing', async () => {
    const count = await admin.call('res.partner', 'search_count', [[]], { context: { active_test: false } })
    await onchange([1], { name: 'Gone', child_ids: [[0, 0, { name: 'Gone too' }]] }, ['name', 'child_ids'], {
      name: {},
    })
    expect(await admin.call('res.partner', 'search_count', [[]], { context: { active_test: false } })).toBe(count)
    expect(await admin.call('res.partner', 'read', [[1], ['name']])).toEqual([{ id: 1, name: 'YourCompany' }])
    const made = await admin.call('res.partner', 'create', [{ name: 'Next' }])
    expect(made).toBe(await nextId(made))
  })

  /** No id was used up by a draft. */
  async function nextId(made: unknown): Promise<number> {
    const before = (await admin.call('res.partner', 'search', [[['id', '<', made]]], {
      ...{ order: 'id desc', limit: 1, context: { active_test: false } },
    })) as number[]
    return (before[0] ?? 0) + 1
  }

  test('answers nothing for unknown fields that changed, and refuses unknown ones to show', async () => {
    expect(await onchange([], { nope: 1 }, ['nope'], { name: {} })).toEqual({})
    expect((await refusalOf(onchange([], {}, [], { nope: {} }))).exception).toBe('builtins.KeyError')
    expect((await refusalOf(onchange([999999], { name: 'x' }, ['name'], { name: {} }))).exception).toBe(
      'odoo.exceptions.MissingError',
    )
  })
})
