import { describe, expect, test } from 'vitest'
import { refusalOf } from '../testing/client.ts'
import { useSandbox } from '../testing/workbench.ts'

const { admin } = useSandbox()

describe('web_search_read', () => {
  const page = (kwargs: Record<string, unknown>) => admin.call('res.partner', 'web_search_read', [], kwargs)

  test('answers list, total and nested relations at once', async () => {
    const specification = {
      name: {},
      country_id: { fields: { display_name: {}, code: {} } },
      parent_id: { fields: {} },
      user_id: {},
      child_ids: { fields: { name: {}, country_id: { fields: { code: {} } } }, limit: 2, order: 'name desc' },
      category_id: { fields: { display_name: {}, color: {} } },
    }
    expect(await page({ domain: [['id', '=', 15]], specification, limit: 10 })).toEqual({
      length: 1,
      records: [
        {
          id: 15,
          name: 'Azure Interior',
          country_id: { id: 233, code: 'US', display_name: 'United States' },
          parent_id: false,
          user_id: false,
          child_ids: [
            { id: 28, name: 'Nicole Ford', country_id: { id: 233, code: 'US' } },
            { id: 34, name: 'Colleen Diaz', country_id: { id: 233, code: 'US' } },
            { id: 27 },
          ],
          category_id: [{ id: 5, display_name: 'Services', color: 7 }],
        },
      ],
    })
  })

  test('counts beyond a full page, no further than count_limit', async () => {
    const all = (await admin.call('res.partner', 'search_count', [[]])) as number
    expect(await page({ domain: [], specification: {}, limit: 2, order: 'id' })).toEqual({
      length: all,
      records: [{ id: 1 }, { id: 3 }],
    })
    expect(await page({ domain: [], specification: {}, limit: 2, count_limit: 5 })).toMatchObject({ length: 5 })
    expect(await page({ domain: [], specification: {}, limit: 50, offset: all - 1 })).toMatchObject({ length: all })
    expect(await page({ domain: [['id', '=', 0]], specification: { name: {} } })).toEqual({ length: 0, records: [] })
  })

  test('answers 0 for an empty page behind the last, as Odoo does', async () => {
    expect(await page({ domain: [], specification: {}, limit: 5, offset: 100_000 })).toEqual({ length: 0, records: [] })
    expect(await page({ domain: [], specification: {}, offset: 100_000 })).toEqual({ length: 0, records: [] })
  })

  test('does not count once count_limit is reached, and always when the context asks', async () => {
    const all = (await admin.call('res.partner', 'search_count', [[]])) as number
    const end = { domain: [], specification: {}, limit: 4, offset: 6 }
    expect(await page({ ...end, count_limit: 8 })).toMatchObject({ length: 10 })
    expect(await page({ ...end, count_limit: 12 })).toMatchObject({ length: 12 })
    const short = { domain: [], specification: {}, limit: 50, offset: all - 1, count_limit: 7 }
    expect(await page(short)).toMatchObject({ length: all })
    expect(await page({ ...short, context: { force_search_count: 1 } })).toMatchObject({ length: 7 })
  })

  test.each([
    ['no specification', { domain: [] }, 'builtins.TypeError'],
    [
      'an unknown field, also without records',
      { domain: [['id', '=', 0]], specification: { nope: {} } },
      'builtins.ValueError',
    ],
    ['an unknown argument', { domain: [], specification: {}, foo: 1 }, 'builtins.TypeError'],
  ])('refuses %s', async (_case, kwargs, exception) => {
    expect((await refusalOf(page(kwargs))).exception).toBe(exception)
  })
})
