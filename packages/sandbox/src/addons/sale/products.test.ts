import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sandbox } from '../../index.ts'
import { type Client, refusalOf, signIn, startTestSandbox } from '../../testing/client.ts'

let sandbox: Sandbox
let admin: Client

beforeAll(async () => {
  sandbox = await startTestSandbox({ odooVersion: 18 })
  admin = await signIn(sandbox, 'admin')
})

afterAll(() => sandbox.close())

interface Named {
  display_name: string
}

async function create(model: string, values: unknown): Promise<number> {
  return (await admin.call(model, 'create', [values])) as number
}

async function readOne(model: string, id: number, fields: string[]): Promise<Readonly<Record<string, unknown>>> {
  const [record = {}] = (await admin.call(model, 'read', [[id], fields])) as Record<string, unknown>[]
  return record
}

test('the demonstration data has the products of Odoo, and makes no others', async () => {
  const everything = { context: { active_test: false } }
  expect(await admin.call('product.template', 'search_count', [[]], everything)).toBe(44)
  expect(await admin.call('product.product', 'search_count', [[]], everything)).toBe(50)
})

describe('a product and its variants', () => {
  test('a product has a variant, which has its code and its price', async () => {
    const id = await create('product.template', { name: 'Lamp', default_code: 'L1', list_price: 12.5, barcode: '111' })
    const { product_variant_ids: variants } = await readOne('product.template', id, ['product_variant_ids'])
    const [variant = 0] = variants as number[]
    expect(await readOne('product.product', variant, ['display_name', 'lst_price', 'barcode'])).toEqual({
      id: variant,
      display_name: '[L1] Lamp',
      lst_price: 12.5,
      barcode: '111',
    })
  })

  test('a variant has a product, and takes it along when it goes', async () => {
    const id = await create('product.product', { name: 'Rug', lst_price: 9.999 })
    const { product_tmpl_id: template } = await readOne('product.product', id, ['product_tmpl_id'])
    const [product = 0] = template as number[]
    expect(await readOne('product.template', product, ['name', 'list_price', 'product_variant_count'])).toEqual({
      id: product,
      name: 'Rug',
      list_price: 10,
      product_variant_count: 1,
    })
    await admin.call('product.product', 'unlink', [[id]])
    expect(await admin.call('product.template', 'read', [[product], ['name']])).toEqual([])
  })

  async function sizes(values = {}): Promise<{ attribute: number; small: number; large: number }> {
    const attribute = await create('product.attribute', {
      name: 'Size',
      value_ids: [
        [0, 0, { name: 'S' }],
        [0, 0, { name: 'L' }],
      ],
      ...values,
    })
    const { value_ids: made } = await readOne('product.attribute', attribute, ['value_ids'])
    const [small = 0, large = 0] = made as number[]
    return { attribute, small, large }
  }

  async function variantNames(product: number): Promise<string[]> {
    const domain = [['product_tmpl_id', '=', product]]
    const found = (await admin.call('product.product', 'search_read', [domain, ['display_name']])) as Named[]
    return found.map((variant) => variant.display_name).toSorted()
  }

  test('attributes make a variant for each combination, named by its values', async () => {
    const { attribute, small, large } = await sizes()
    const id = await create('product.template', {
      name: 'Shirt',
      attribute_line_ids: [[0, 0, { attribute_id: attribute, value_ids: [[6, 0, [small, large]]] }]],
    })
    expect(await variantNames(id)).toEqual(['Shirt (L)', 'Shirt (S)'])
  })

  test('a line that comes later makes them, too', async () => {
    const { attribute, small, large } = await sizes()
    const id = await create('product.template', { name: 'Coat' })
    await create('product.template.attribute.line', {
      product_tmpl_id: id,
      attribute_id: attribute,
      value_ids: [[6, 0, [small, large]]],
    })
    expect(await variantNames(id)).toEqual(['Coat (L)', 'Coat (S)'])
  })

  test('there is none of values that exclude each other', async () => {
    const { attribute, small, large } = await sizes()
    const colour = await create('product.attribute', { name: 'Colour', value_ids: [[0, 0, { name: 'Red' }]] })
    const { value_ids: colours } = await readOne('product.attribute', colour, ['value_ids'])
    const id = await create('product.template', {
      name: 'Hat',
      attribute_line_ids: [
        [0, 0, { attribute_id: attribute, value_ids: [[6, 0, [small, large]]] }],
        [0, 0, { attribute_id: colour, value_ids: [[6, 0, colours]] }],
      ],
    })
    const of = [['product_tmpl_id', '=', id]]
    const order = { order: 'id' }
    const values = (await admin.call('product.template.attribute.value', 'search', [of], order)) as number[]
    const [first, , red] = values
    await create('product.template.attribute.exclusion', {
      product_template_attribute_value_id: first,
      product_tmpl_id: id,
      value_ids: [[6, 0, [red]]],
    })
    expect(await variantNames(id)).toEqual(['Hat (L)'])
  })

  test('dynamic attributes make none beforehand', async () => {
    const { attribute, small, large } = await sizes({ create_variant: 'dynamic' })
    const id = await create('product.template', {
      name: 'Belt',
      attribute_line_ids: [[0, 0, { attribute_id: attribute, value_ids: [[6, 0, [small, large]]] }]],
    })
    expect(await variantNames(id)).toEqual([])
  })

  test('are archived together', async () => {
    const id = await create('product.template', { name: 'Old' })
    const { product_variant_ids: variants } = await readOne('product.template', id, ['product_variant_ids'])
    await admin.call('product.template', 'action_archive', [[id]])
    const [variant = 0] = variants as number[]
    expect(await readOne('product.product', variant, ['active'])).toEqual({ id: variant, active: false })
  })

  test('a barcode is one product’s', async () => {
    await create('product.product', { name: 'First', barcode: '222' })
    expect(await refusalOf(create('product.product', { name: 'Second', barcode: '222' }))).toEqual({
      exception: 'odoo.exceptions.ValidationError',
      message:
        'Barcode(s) already assigned:\n\n- Barcode "222" already assigned to product(s): First and Second\n\n' +
        "Note: products that you don't have access to will not be shown above.",
    })
  })
})

describe('categories of products', () => {
  test('are named with those above them', async () => {
    const id = await create('product.category', { name: 'Chairs', parent_id: 1 })
    expect(await readOne('product.category', id, ['display_name'])).toEqual({ id, display_name: 'All / Chairs' })
  })

  test('the first one stays', async () => {
    const refusal = await refusalOf(admin.call('product.category', 'unlink', [[1]]))
    expect(refusal.message).toBe('You cannot delete this product category, it is the default generic category.')
  })
})
