import { describe, expect, test } from 'vitest'
import { refusalOf } from '../../testing/client.ts'
import { useSandbox } from '../../testing/workbench.ts'

describe('formatted_read_group', () => {
  const { admin } = useSandbox({ odooVersion: 19 })
  const groups = async (kwargs: Record<string, unknown>, model = 'project.task') =>
    (await admin.call(model, 'formatted_read_group', [[]], kwargs)) as Record<string, unknown>[]

  test('names spans with the moment at which they begin', async () => {
    const found = await groups({ groupby: ['create_date:month'], aggregates: ['__count'] })
    expect(found[0]?.['create_date:month']).toEqual(['2026-11-01 00:00:00', 'November 2026'])
  })

  test('follows many2one fields, and tells so in the domain', async () => {
    const found = await groups({ groupby: ['partner_id.country_id'], aggregates: ['__count'] })
    for (const group of found) {
      expect(await admin.call('project.task', 'search_count', [group.__extra_domain])).toBe(group.__count)
    }
  })

  test('keeps groups by their aggregates', async () => {
    const all = await groups({ groupby: ['state'], aggregates: ['__count'] })
    const kept = await groups({ groupby: ['state'], aggregates: ['__count'], having: [['__count', '>', 2]] })
    expect(kept).toEqual(all.filter((group) => Number(group.__count) > 2))
  })

  test('has a domain that holds always where there is no key', async () => {
    expect(await groups({ aggregates: ['__count'] })).toEqual([
      { __extra_domain: [[1, '=', 1]], __count: await admin.call('project.task', 'search_count', [[]]) },
    ])
  })

  test.each([
    ['a moment without a span', { groupby: ['create_date'] }, /Granularity not set/],
    ['a field without a function', { groupby: ['state'], aggregates: ['sequence'] }, /Aggregate method is mandatory/],
    ['a path over no relation', { groupby: ['name.id'] }, /Only many2one path/],
    ['a condition that is none', { groupby: ['state'], having: [['__count', 'like', 1]] }, /supported comparators/],
  ])('refuses %s', async (_case, kwargs, message) => {
    expect(await refusalOf(groups(kwargs))).toEqual({
      exception: 'builtins.ValueError',
      message: expect.stringMatching(message),
    })
  })

  test('is there from 19 on; web_read_group opens groups with their records', async () => {
    const page = (await admin.call('project.task', 'web_read_group', [[], ['stage_id']], {
      limit: 1,
      auto_unfold: true,
      unfold_read_specification: { name: {} },
      unfold_read_default_limit: 2,
    })) as { groups: { __records: unknown[] }[]; length: number }
    expect(page.groups).toHaveLength(1)
    expect(page.groups[0]?.__records).toEqual([{ id: expect.any(Number), name: expect.any(String) }, expect.anything()])
    expect(page.length).toBeGreaterThan(1)
  })
})
