import { describe, expect, test } from 'vitest'
import { refusalOf } from '../testing/client.ts'
import { useGoldenPartner, useSandbox } from '../testing/workbench.ts'

const { admin } = useSandbox()
const { id: partner, readOne, write } = useGoldenPartner(admin)

const children = async () => (await readOne(['child_ids']))?.child_ids as number[]

describe('other ways to change', () => {
  test('copy answers a list, takes changes, and leaves the log and the list of children out', async () => {
    const [copied] = (await admin.call('res.partner', 'copy', [[partner()]], {
      default: { function: 'copied' },
    })) as number[]
    expect(await readOne(['name', 'function', 'category_id', 'child_ids'], copied)).toEqual({
      id: copied,
      name: 'Golden (copy)',
      function: 'copied',
      category_id: [2, 1],
      child_ids: [],
    })
    expect(await admin.call('res.partner', 'copy', [[partner(), 15]])).toHaveLength(2)
    expect((await refusalOf(admin.call('res.partner', 'copy', [[999999]]))).exception).toBe(
      'odoo.exceptions.MissingError',
    )
  })

  test('web_save makes or changes, and reads', async () => {
    const made = (await admin.call('res.partner', 'web_save', [[], { name: 'Saved' }], {
      specification: { name: {}, type: {} },
    })) as { id: number }[]
    expect(made).toEqual([{ id: expect.any(Number), name: 'Saved', type: 'contact' }])
    expect(
      await admin.call('res.partner', 'web_save', [[made[0]?.id], { country_id: 20 }], {
        specification: { country_id: { fields: { code: {} } } },
      }),
    ).toEqual([{ id: made[0]?.id, country_id: { id: 20, code: 'BE' } }])
  })

  test('archive and bring back answer nothing', async () => {
    expect(await admin.call('res.partner', 'action_archive', [[partner()]])).toBeUndefined()
    expect(await readOne(['active'])).toEqual({ id: partner(), active: false })
    expect(await admin.call('res.partner', 'search', [[['id', '=', partner()]]])).toEqual([])
    expect(await admin.call('res.partner', 'action_unarchive', [[partner()]])).toBeUndefined()
    expect(await admin.call('res.partner', 'search', [[['id', '=', partner()]]])).toEqual([partner()])
  })

  test('names follow down a chain of sixty', async () => {
    const chain = [partner()]
    for (let depth = 1; depth < 60; depth += 1) {
      const [above] = chain.slice(-1)
      chain.push((await admin.call('res.partner', 'create', [{ name: `C${depth}`, parent_id: above }])) as number)
    }
    await write({ is_company: true, name: 'Top' })
    const fields = ['complete_name', 'commercial_partner_id']
    const records = (await admin.call('res.partner', 'read', [chain, fields, false])) as Record<string, unknown>[]
    expect(records.slice(1)).toEqual(
      chain.slice(1).map((id, index) => ({
        id,
        complete_name: `Top, C${index + 1}`,
        commercial_partner_id: partner(),
      })),
    )
  })

  test('names follow when a company is renamed', async () => {
    const [child] = await children()
    await write({ is_company: true, name: 'Renamed' })
    expect(await readOne(['display_name', 'commercial_partner_id', 'commercial_company_name'], child)).toEqual({
      id: child,
      display_name: 'Renamed, K1',
      commercial_partner_id: [partner(), 'Renamed'],
      commercial_company_name: 'Renamed',
    })
  })

  test.each([
    ['missing', [[15]], {}, "write() missing 1 required positional argument: 'vals'"],
    ['unknown', [[15], {}], { foo: 1 }, "write() got an unexpected keyword argument 'foo'"],
    ['doubled', [[15], {}], { vals: {} }, "write() got multiple values for argument 'vals'"],
    ['too many', [[15], {}, 1], {}, 'write() takes 2 positional arguments but 3 were given'],
  ])('an argument that is %s is a TypeError', async (_case, args, kwargs, message) => {
    expect(await refusalOf(admin.call('res.partner', 'write', args, kwargs))).toEqual({
      exception: 'builtins.TypeError',
      message,
    })
  })
})

describe('several records of 19', () => {
  const { admin: user } = useSandbox({ odooVersion: 19 })

  test('are saved each with values of its own', async () => {
    const ids = await user.call('res.partner.category', 'create', [[{ name: 'A' }, { name: 'B' }]])
    const save = (values: unknown[]) => user.call('res.partner.category', 'web_save_multi', [ids, values, { name: {} }])
    expect(await save([{ name: 'C' }, { name: 'D' }])).toMatchObject([{ name: 'C' }, { name: 'D' }])
    expect(await refusalOf(save([{ name: 'E' }]))).toEqual({
      exception: 'builtins.ValueError',
      message: 'Each record must have a corresponding vals entry.',
    })
  })
})
