import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openScratch, type Records, recordsOf, type Scratch } from '../../harness/records.ts'
import { signIn } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

let records: Records
let scratch: Scratch
/** Ann with colour 1, Ben of Belgium with colour 2, Cy, Ann's contact, with colour 3 (Odoo copies Ann's address to Cy). */
let ann: number
let ben: number
let cy: number
let belgiumId: number

beforeAll(async () => {
  records = recordsOf(await signIn(target.url, target.users.demo))
  scratch = openScratch(records)
  belgiumId = await records.idOf('res.country', [['code', '=', 'BE']])
  ann = await scratch.partner({
    name: 'Ann',
    color: 1,
    is_company: true,
    email: 'ann@example.com',
  })
  ben = await scratch.partner({
    name: 'Ben',
    color: 2,
    country_id: belgiumId,
    email: "o'brien@example.com",
    street: 'a "quoted" [street]',
  })
  cy = await scratch.partner({ name: 'Cy', color: 3, parent_id: ann })
})
afterAll(() => scratch.clean())

describe('a domain as JSON', () => {
  const cases: [string, () => unknown[], () => number[]][] = [
    ['no term', () => [], () => [ann, ben, cy]],
    ['=', () => [['color', '=', 2]], () => [ben]],
    ['!=', () => [['color', '!=', 2]], () => [ann, cy]],
    [
      '<, <=, >, >=',
      () => [
        ['color', '>', 1],
        ['color', '>=', 2],
        ['color', '<', 3],
        ['color', '<=', 2],
      ],
      () => [ben],
    ],
    ['in', () => [['color', 'in', [1, 3]]], () => [ann, cy]],
    ['in nothing', () => [['color', 'in', []]], () => []],
    ['not in', () => [['color', 'not in', [1, 3]]], () => [ben]],
    ['like', () => [['name', 'like', 'Be']], () => [ben]],
    ['not like', () => [['name', 'not like', 'Be']], () => [ann, cy]],
    ['ilike', () => [['name', 'ilike', ' aNN']], () => [ann]],
    ['not ilike', () => [['name', 'not ilike', ' aNN']], () => [ben, cy]],
    ['=like', () => [['email', '=like', 'ann@%']], () => [ann]],
    ['=ilike', () => [['email', '=ilike', 'ANN@%']], () => [ann]],
    ['=? with a value', () => [['color', '=?', 2]], () => [ben]],
    ['=? without one', () => [['color', '=?', false]], () => [ann, ben, cy]],
    ['child_of', () => [['id', 'child_of', ann]], () => [ann, cy]],
    ['parent_of', () => [['id', 'parent_of', cy]], () => [ann, cy]],
    ['false finds what is unset', () => [['parent_id', '=', false]], () => [ann, ben]],
    ['a many2one by id', () => [['country_id', '=', belgiumId]], () => [ben]],
    ['a many2one by name', () => [['country_id', 'ilike', 'belgi']], () => [ben]],
    ['a path', () => [['parent_id.name', 'like', 'Ann']], () => [cy]],
    ['|', () => ['|', ['color', '=', 1], ['color', '=', 2]], () => [ann, ben]],
    ['| of three', () => ['|', '|', ['color', '=', 1], ['color', '=', 2], ['color', '=', 3]], () => [ann, ben, cy]],
    ['&', () => ['&', ['color', '=', 1], ['is_company', '=', true]], () => [ann]],
    ['!', () => ['!', ['color', '=', 1]], () => [ben, cy]],
    ['! of |', () => ['!', '|', ['color', '=', 1], ['color', '=', 2]], () => [cy]],
    ['a quote in a value', () => [['email', '=', "o'brien@example.com"]], () => [ben]],
    ['quotes and brackets in a value', () => [['street', '=', 'a "quoted" [street]']], () => [ben]],
    [
      'a percent sign and an underscore',
      () => [
        ['email', '=', '%'],
        ['name', '=', '_'],
      ],
      () => [],
    ],
    ['true and false leaves', () => ['|', [1, '=', 1], [0, '=', 1]], () => [ann, ben, cy]],
  ]

  test.each(cases)('%s', async (_name, domain, expected) => {
    expect(await found(domain())).toEqual(expected().map((id) => ({ id })))
  })
})

describe('a domain as a Python literal', () => {
  test.each<[string, () => string, () => number[]]>([
    ['tuples and single quotes', () => "[('color', '=', 2)]", () => [ben]],
    ['True and False', () => "[('is_company', '=', True), ('parent_id', '=', False)]", () => [ann]],
    ['None', () => "[('parent_id', '=', None)]", () => [ann, ben]],
    ['a tuple of values', () => "[('color', 'in', (1, 3))]", () => [ann, cy]],
    ['operators', () => "['|', ('color', '=', 1), ('color', '=', 2)]", () => [ann, ben]],
    ['a comma at the end', () => "[('color', '=', 2),]", () => [ben]],
    ['escapes', () => "[('email', '=', 'o\\'brien@example.com')]", () => [ben]],
    ['double quotes with a quote inside', () => '[("email", "=", "o\'brien@example.com")]', () => [ben]],
    ['a negative number', () => "[('color', '>', -1)]", () => [ann, ben, cy]],
    ['white space', () => " [ ( 'color' ,\n '=' , 2 ) ] ", () => [ben]],
  ])('%s', async (_name, domain, expected) => {
    const ids = `('id', 'in', [${[ann, ben, cy].join(', ')}])`
    // Put in front of the terms, so that the rest of the literal stays as it is written.
    const own = domain().replace('[', `[${ids}, `)
    const list = await records.list('res.partner', { fields: ['id'], domain: own, order: 'id' })
    expect(list).toEqual(expected().map((id) => ({ id })))
  })
})

function found(domain: readonly unknown[]): Promise<readonly unknown[]> {
  return records.list('res.partner', {
    fields: ['id'],
    domain: [['name', 'like', scratch.marker], ...domain],
    order: 'id',
  })
}
