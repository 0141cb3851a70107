import { describe, expect, test } from 'vitest'
import { useGoldenPartner, useSandbox } from '../testing/workbench.ts'

const { admin } = useSandbox()
const { id: partner, readOne, write } = useGoldenPartner(admin)

const children = async () => (await readOne(['child_ids']))?.child_ids as number[]

describe('the commands of a list', () => {
  test.each([
    ['create', [[0, 0, { name: 'K3' }]], ['K1', 'K2', 'K3']],
    ['create with a virtual id', [[0, 'virtual_1', { name: 'K3' }]], ['K1', 'K2', 'K3']],
    ['update', (ids: number[]) => [[1, ids[0], { name: 'K0' }]], ['K0', 'K2']],
    ['delete', (ids: number[]) => [[2, ids[0], 0]], ['K2']],
    ['delete, short', (ids: number[]) => [[2, ids[0]]], ['K2']],
    ['unlink', (ids: number[]) => [[3, ids[0], 0]], ['K2']],
    ['clear', () => [[5]], []],
    ['set', (ids: number[]) => [[6, 0, [ids[1]]]], ['K2']],
    [
      'several at once',
      (ids: number[]) => [
        [3, ids[1], 0],
        [0, 0, { name: 'K4' }],
      ],
      ['K1', 'K4'],
    ],
  ])('%s on children', async (_case, commands, names) => {
    const before = await children()
    expect(await write({ child_ids: typeof commands === 'function' ? commands(before) : commands })).toBe(true)
    const after = (await admin.call('res.partner', 'search_read', [[['parent_id', '=', partner()]]], {
      fields: ['name'],
      order: 'name',
    })) as { name: string }[]
    expect(after.map((record) => record.name)).toEqual(names)
  })

  test('unlink leaves the child, delete does not', async () => {
    const [first, second] = await children()
    await write({
      child_ids: [
        [3, first, 0],
        [2, second, 0],
      ],
    })
    expect(await admin.call('res.partner', 'read', [[first, second], ['parent_id']])).toEqual([
      { id: first, parent_id: false },
    ])
  })

  test.each([
    ['link', [[4, 3, 0]], [3, 2, 1]],
    [
      'link twice',
      [
        [4, 1],
        [4, 1],
      ],
      [2, 1],
    ],
    ['unlink', [[3, 1]], [2]],
    ['clear', [[5, 0, 0]], []],
    ['set', [[6, 0, [2, 5]]], [2, 5]],
    ['set to none', [[6, 0, []]], []],
    ['a plain list of ids', [2], [2]],
    ['false', false, []],
    ['several in order', [[5], [4, 1], [4, 5]], [5, 1]],
  ])('%s on tags', async (_case, commands, ids) => {
    await write({ category_id: commands })
    expect(await readOne(['category_id'])).toEqual({ id: partner(), category_id: ids })
  })

  test('work inside one another', async () => {
    const id = await admin.call('res.partner', 'create', [
      {
        name: 'Top',
        child_ids: [
          [0, 0, { name: 'Middle', child_ids: [[0, 0, { name: 'Leaf', category_id: [[0, 0, { name: 'Fresh' }]] }]] }],
        ],
      },
    ])
    const [leaf] = (await admin.call('res.partner', 'search_read', [[['parent_id.parent_id', '=', id]]], {
      fields: ['name', 'category_id'],
    })) as Record<string, unknown>[]
    expect(leaf).toMatchObject({ name: 'Leaf', category_id: [expect.any(Number)] })
  })
})
