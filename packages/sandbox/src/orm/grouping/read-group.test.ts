import { describe, expect, test } from 'vitest'
import { refusalOf } from '../../testing/client.ts'
import { useSandbox } from '../../testing/workbench.ts'

const MONTHS = ['2026-06', '2026-11', '2026-12']

describe.each([17, 18, 19] as const)('read_group of Odoo %s', (odooVersion) => {
  const { admin } = useSandbox({ odooVersion })
  const groups = async (args: unknown[], kwargs: Record<string, unknown> = {}, model = 'project.task') =>
    (await admin.call(model, 'read_group', args, kwargs)) as Record<string, unknown>[]

  test('counts every record that a search finds, once', async () => {
    for (const groupby of ['project_id', 'state', 'create_date', 'is_company', 'country_id', 'type']) {
      const model = ['is_company', 'country_id', 'type'].includes(groupby) ? 'res.partner' : 'project.task'
      const found = await groups([[], [], [groupby]], {}, model)
      const sum = found.reduce((all, group) => all + Number(group[`${groupby}_count`]), 0)
      expect(sum, groupby).toBe(await admin.call(model, 'search_count', [[]]))
    }
  })

  test('tells the domain of each group, which finds its records', async () => {
    const domain = ['|', ['project_id', '!=', false], ['priority', '=', '0']]
    for (const groupby of [
      ['project_id', 'priority'],
      ['date_deadline:week'],
      ['user_ids'],
      ['stage_id', 'create_date:day'],
    ]) {
      for (const group of await groups([domain, [], groupby], { lazy: false })) {
        expect(await admin.call('project.task', 'search_count', [group.__domain])).toBe(group.__count)
      }
    }
  })

  test('is lazy unless it is told otherwise: the other keys come in the context', async () => {
    const [lazy] = await groups([[['project_id', '!=', false]], [], ['project_id', 'priority']])
    expect(lazy).toMatchObject({
      project_id: [expect.any(Number), expect.any(String)],
      __context: { group_by: ['priority'] },
    })
    const [eager] = await groups([[['project_id', '!=', false]], [], ['project_id', 'priority']], { lazy: false })
    expect(eager).toMatchObject({ priority: expect.any(String), __count: expect.any(Number) })
    expect(eager).not.toHaveProperty('__context')
  })

  test('works aggregates out, under the name that they are given', async () => {
    const fields = [
      'color:sum',
      'id:max',
      'n:count(id)',
      'd:count_distinct(country_id)',
      'ids:array_agg(id)',
      'active:bool_and',
    ]
    const [group] = await groups([[['id', 'in', [1, 3]]], fields, []], {}, 'res.partner')
    expect(group).toMatchObject({ __count: 2, color: 0, id: 3, n: 2, d: 1, ids: [1, 3], active: true })
  })

  test('adds a number up by the way of its field, and nothing else', async () => {
    const [group] = await groups(
      [[['id', '=', 1]], ['color', 'name', 'id', 'country_id'], ['is_company']],
      {},
      'res.partner',
    )
    expect(Object.keys(group ?? {})).toEqual(['is_company', 'is_company_count', 'color', '__domain'])
  })

  test('answers one empty group of nothing at all, and none with a key', async () => {
    const [empty] = await groups([[['id', '<', 0]], ['color', 'ids:array_agg(id)'], []], {}, 'res.partner')
    expect(empty).toMatchObject({ __count: 0, color: false, ids: [] })
    expect(await groups([[['id', '<', 0]], [], ['type']], {}, 'res.partner')).toEqual([])
  })

  test('orders by keys and by aggregates, and pages', async () => {
    const all = await groups([[], [], ['state']])
    expect(all.map(({ state }) => state)).toEqual(all.map(({ state }) => state).toSorted())
    const most = await groups([[], [], ['state']], { orderby: 'state_count desc', limit: 1 })
    expect(most[0]?.state_count).toBe(Math.max(...all.map((group) => Number(group.state_count))))
    expect(await groups([[], [], ['state']], { offset: 1, limit: 2 })).toEqual(all.slice(1, 3))
  })

  test.each([
    ['month', 'November 2026', '2026-11-01 00:00:00', '2026-12-01 00:00:00'],
    ['quarter', 'Q4 2026', '2026-10-01 00:00:00', '2027-01-01 00:00:00'],
    ['year', '2026', '2026-01-01 00:00:00', '2027-01-01 00:00:00'],
    // Weeks of English (US) begin on Sunday; the first one holds the first of January.
    ['week', 'W47 2026', '2026-11-15 00:00:00', '2026-11-22 00:00:00'],
    ['day', '20 Nov 2026', '2026-11-20 00:00:00', '2026-11-21 00:00:00'],
    ['hour', '11:00 20 Nov', '2026-11-20 23:00:00', '2026-11-21 00:00:00'],
  ])('groups moments by %s', async (granularity, label, from, to) => {
    const key = `create_date:${granularity}`
    const domain = [['id', '=', await admin.call('res.partner', 'create', [{ name: 'Grouped' }])]]
    const [group] = await groups([domain, [], [key]], {}, 'res.partner')
    expect(group).toMatchObject({ [key]: label, __range: { [key]: { from, to } } })
  })

  test('groups moments where the clock of the context stands', async () => {
    const domain = [['id', '=', await admin.call('res.partner', 'create', [{ name: 'Zoned' }])]]
    const context = { tz: 'Asia/Tokyo' }
    const [group] = await groups([domain, [], ['create_date:day']], { context }, 'res.partner')
    expect(group).toMatchObject({
      'create_date:day': '21 Nov 2026',
      __range: { 'create_date:day': { from: '2026-11-20 15:00:00', to: '2026-11-21 15:00:00' } },
    })
  })

  test('tells records without a moment apart', async () => {
    const found = await groups([[], [], ['date_deadline']])
    expect(found.at(-1)).toMatchObject({
      date_deadline: false,
      __range: { date_deadline: false },
      __domain: [['date_deadline', '=', false]],
    })
  })

  test('fills the holes of a chart', async () => {
    const domain = [['id', 'in', [1, 2, 3]]]
    for (const [index, month] of MONTHS.entries()) {
      await admin.call('project.project', 'write', [[index + 1], { date_start: `${month}-15`, date: `${month}-28` }])
    }
    const holes = await groups([domain, [], ['date_start']], { context: { fill_temporal: true } }, 'project.project')
    expect(holes.map((group) => group.date_start_count)).toEqual([1, 0, 0, 0, 0, 1, 1])
  })

  test.each([
    ['an unknown key', [[], [], ['nope']], 'ValueError'],
    ['an unknown field', [[], ['nope:sum'], ['state']], 'ValueError'],
    ['an unknown function', [[], ['color:median'], ['state']], 'ValueError'],
    ['a function that PostgreSQL does not have', [[], ['name:sum'], ['state']], 'UndefinedFunction'],
    ['a span of something else', [[], [], ['name:month']], 'ValueError'],
    ['an unknown span', [[], [], ['create_date:fortnight']], 'ValueError'],
    ['SQL for a key', [[], [], ['state; drop table project_task']], 'ValueError'],
    ['SQL for a function', [[], ['color:sum(id) from res_users --'], ['state']], undefined],
  ])('refuses %s', async (_case, args, exception) => {
    if (exception === undefined) expect(await groups(args)).not.toEqual([])
    else expect((await refusalOf(groups(args))).exception).toMatch(new RegExp(`\\.${exception}$`))
    expect(await admin.call('project.task', 'search_count', [[]])).toBeGreaterThan(10)
  })

  test.each(['nope desc', 'name', '; drop', 'state asc, (select 1)'])('refuses the order %s', async (orderby) => {
    const refusal = await refusalOf(groups([[], [], ['state']], { orderby }))
    expect(refusal.exception).toBe('builtins.ValueError')
  })
})

describe('stages', () => {
  const { admin } = useSandbox({ odooVersion: 17 })

  test('without tasks show in the board of a project, folded as they are', async () => {
    const context = { default_project_id: 1 }
    const found = await admin.call('project.task', 'read_group', [[['project_id', '=', 1]], [], ['stage_id']], {
      context,
    })
    expect(found).toMatchObject([
      { stage_id: [1, 'New'], stage_id_count: 0, __fold: false },
      { stage_id: [2, 'In Progress'], __fold: false },
      { stage_id: [3, 'Done'], __fold: true },
      { stage_id: [4, 'Canceled'], stage_id_count: 0, __fold: true },
    ])
  })

  test('count in the bars of the board', async () => {
    const bar = {
      domain: [['project_id', '=', 1]],
      group_by: 'stage_id',
      progress_bar: { field: 'state', colors: { '1_done': 'x' } },
    }
    expect(await admin.call('project.task', 'read_progress_bar', [], bar)).toEqual({
      'In Progress': { '1_done': 0 },
      Done: { '1_done': 0 },
    })
  })
})
