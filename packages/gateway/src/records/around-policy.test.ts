// long: a table of attempts, one row each.
import { parseDomain } from '@odoo-gatehouse/odoo/domain'
import { describe, expect, test } from 'vitest'
import {
  type Attempt,
  create,
  list,
  nested,
  nestedValues,
  remove,
  SHOP,
  tasksWhere,
  update,
  where,
} from './around-policy.fixture.ts'
import { planOne } from './plan-read.ts'
import { planUpdate } from './plan-write.ts'
import { ODOO_16, ODOO_18, planningOf, SCHEMAS } from './planning.fixture.ts'
import type { PlanFacts } from './planning.ts'

const ATTEMPTS: readonly (readonly [string, Attempt, string])[] = [
  ['a model that is not exposed', list({ model: 'res.currency' }), 'model.not_exposed'],
  ['a model that does not exist', list({ model: 'no.such' }), 'model.not_exposed'],
  [
    'one record of a model that is not exposed',
    (facts) => planOne(planningOf(SHOP, facts), { model: 'ir.rule', id: 1 }),
    'model.not_exposed',
  ],
  ['a scope of another model', list({}, { scopes: ['res.country:read'] }), 'scope.insufficient'],

  ['an unreadable field', list({ fields: ['name', 'vat'] }), 'field.unknown'],
  ['a field that does not exist', list({ fields: ['nope'] }), 'field.unknown'],
  ['a dotted path as a field', list({ fields: ['country_id.name'] }), 'field.unknown'],
  ['a name of JavaScript as a field', list({ fields: ['constructor'] }), 'field.unknown'],

  ['a filter on an unreadable field', where(['vat', 'like', 'BE0']), 'field.unknown'],
  ['the same under `!`', where('!', ['vat', 'like', 'BE0']), 'field.unknown'],
  ['the same under `|` beside what always holds', where('|', [1, '=', 1], ['vat', 'like', 'BE0']), 'field.unknown'],
  ['the same beside what never holds', where('&', [0, '=', 1], ['vat', 'like', 'BE0']), 'field.unknown'],
  ['a filter that Odoo ignores', where(['contact_address', 'like', 'x']), 'domain.not_searchable'],
  ['a path that ends in an unreadable field', where(['parent_id.vat', '=', 'x']), 'field.unknown'],
  ['a path through an unreadable field', where(['ref.x', '=', 'x']), 'field.unknown'],
  ['a path through a field that leads nowhere', where(['name.id', '=', 1]), 'domain.not_relational'],
  ['a path into a model that is not exposed', where(['company_id.name', '=', 'x']), 'model.not_exposed'],
  [
    'a path through an exposed model into one that is not',
    where(['country_id.currency_id.name', '=', 'x']),
    'model.not_exposed',
  ],
  ['an unreadable field of a related model', where(['country_id.code', '=', 'BE']), 'field.unknown'],
  ['a password, by a path', where(['user_id.password', '!=', false]), 'field.unknown'],
  ['back home by a path, to an unreadable field', where(['user_id.partner_id.vat', '=', 'x']), 'field.unknown'],
  ['`any` into a model that is not exposed', where(['company_id', 'any', []]), 'model.not_exposed'],
  [
    '`not any` into a model that is not exposed',
    where(['company_id', 'not any', [['name', '=', 'x']]]),
    'model.not_exposed',
  ],
  ['an unreadable field inside `any`', where(['child_ids', 'any', [['vat', '=', 'x']]]), 'field.unknown'],
  [
    'an unreadable field inside `not any` inside `any`',
    where(['child_ids', 'any', [['child_ids', 'not any', [['vat', '=', 'x']]]]]),
    'field.unknown',
  ],
  ['`any` on a field that leads nowhere', where(['name', 'any', []]), 'domain.not_relational'],
  ['the id of a model that is not exposed, by a path', where(['company_id.id', '=', 1]), 'model.not_exposed'],

  ['a search by name that looks into unreadable fields', where(['display_name', 'ilike', 'BE0']), 'domain.refused'],
  ['the same through a relation', where(['parent_id', 'ilike', 'BE0']), 'domain.refused'],
  ['the same with `=` and a name', where(['parent_id', '=', 'BE0']), 'domain.refused'],
  ['the same with `in` and names', where(['child_ids', 'in', ['BE0']]), 'domain.refused'],
  ['the same with `!=`', where(['parent_id', '!=', 'BE0']), 'domain.refused'],
  ['the same behind a path', where(['user_id.partner_id', 'not ilike', 'BE0']), 'domain.refused'],
  [
    'the same with the name given to `child_of`',
    tasksWhere(['user_ids.partner_id', 'child_of', 'BE0']),
    'domain.refused',
  ],
  ['a search by name in a model that is not exposed', where(['company_id', 'ilike', 'x']), 'model.not_exposed'],
  [
    'a search by name in a model that is not known to us, with fields withheld',
    list({ model: 'x_shop.line', domain: parseDomain([['order_id', 'ilike', 'x']]) }),
    'domain.refused',
  ],
  ['names and ids in one list', where(['country_id', 'in', ['Belgium', 20]]), 'domain.malformed'],
  ['a text compared by size with a relation', where(['country_id', '>', 'Belgium']), 'domain.malformed'],

  ['`child_of` in a model with a forced domain', where(['id', 'child_of', 7]), 'domain.refused'],
  ['`parent_of` through a relation into it', where(['user_id.partner_id', 'parent_of', 7]), 'domain.refused'],
  ['`child_of` into a model that is not exposed', where(['company_id', 'child_of', 1]), 'model.not_exposed'],
  ['`child_of` in a model without a parent', where(['country_id', 'child_of', 1]), 'field.unknown'],
  ['`child_of` on a field that is no relation', where(['name', 'child_of', 1]), 'domain.malformed'],

  ['an order by an unreadable field', list({ order: 'vat' }), 'field.unknown'],
  ['an order by an unreadable field, last', list({ order: 'name, vat desc' }), 'field.unknown'],
  ['an order by a field that Odoo cannot sort by', list({ order: 'contact_address' }), 'order.not_sortable'],
  ['an order by an x2many', list({ order: 'child_ids' }), 'order.not_sortable'],
  ['an order by the records of a model that is not exposed', list({ order: 'company_id' }), 'model.not_exposed'],
  ['an order by records with a forced domain', list({ order: 'parent_id' }), 'order.refused'],
  [
    'an order by the order of a model with fields withheld',
    list({ model: 'x_shop.line', order: 'order_id' }),
    'order.refused',
  ],
  ['SQL in the order', list({ order: 'name; drop table res_partner' }), 'order.malformed'],
  ['a path in the order', list({ order: 'country_id.code' }), 'order.malformed'],

  ['expand into a model that is not exposed', list({ expand: { company_id: { fields: [] } } }), 'model.not_exposed'],
  [
    'expand of an unreadable field of a related model',
    list({ expand: { country_id: { fields: ['code'] } } }),
    'field.unknown',
  ],
  [
    'expand of an unreadable relation',
    list({ model: 'res.users', expand: { create_uid: { fields: ['login'] } } }),
    'field.unknown',
  ],
  ['expand of a field that leads nowhere', list({ expand: { name: { fields: [] } } }), 'expand.malformed'],
  [
    'expand through an exposed model into one that is not',
    list({ expand: { country_id: { fields: [], expand: { currency_id: { fields: ['name'] } } } } }),
    'model.not_exposed',
  ],
  ['expand in four levels', list({ expand: nested('child_ids', 4) }), 'expand.too_deep'],
  [
    'an order inside expand by an unreadable field',
    list({ expand: { child_ids: { fields: [], order: 'vat' } } }),
    'field.unknown',
  ],
  [
    'an order inside expand by hidden records',
    list({ expand: { child_ids: { fields: [], order: 'parent_id' } } }),
    'order.refused',
  ],
  [
    'expand without the scope for the related model',
    list({ expand: { country_id: { fields: [] } } }, { scopes: ['res.partner:read'] }),
    'scope.insufficient',
  ],
  [
    'a path without the scope for the related model',
    list({ domain: parseDomain([['country_id.name', '=', 'x']]) }, { scopes: ['res.partner:read'] }),
    'scope.insufficient',
  ],

  ['a verb that is not exposed: create', create({ name: 'x' }, 'res.country'), 'verb.not_exposed'],
  ['a verb that is not exposed: update', update({ name: 'x' }, 'res.country'), 'verb.not_exposed'],
  ['a verb that is not exposed: delete', remove('res.partner.bank'), 'verb.not_exposed'],
  ['a write to a model that is not exposed', update({ name: 'x' }, 'res.company'), 'model.not_exposed'],
  ['a field that may not be written', update({ email: 'x@example.com' }), 'field.not_writable'],
  ['a field that can be neither read nor written', update({ vat: 'BE0' }), 'field.unknown'],
  ['a field that does not exist', update({ nope: 1 }), 'field.unknown'],
  ['an id for a new record', create({ id: 4242 }), 'field.kept_by_odoo'],
  ['who created it', update({ create_uid: 1 }, 'project.task'), 'field.kept_by_odoo'],
  [
    'an answer with an unreadable field',
    (facts) => planUpdate(planningOf(SHOP, facts), { model: 'res.partner', ids: [7], values: {}, fields: ['vat'] }),
    'field.unknown',
  ],

  ['out of the forced domain', update({ company_id: 2 }), 'domain.leaves_forced'],
  ['out of the forced domain, by unsetting', update({ company_id: false }), 'domain.leaves_forced'],
  ['out of the forced domain, with a text', update({ company_id: '1' }), 'domain.leaves_forced'],
  ['a new record outside the forced domain', create({ name: 'x', company_id: 2 }), 'domain.leaves_forced'],
  ['a field of a forced domain that is no `=`', update({ project_id: 3 }, 'project.task'), 'domain.leaves_forced'],
  [
    'a new record where the forced domain cannot be kept',
    create({ name: 'x' }, 'project.task'),
    'domain.create_refused',
  ],
  ['a new record there by a command', update({ category_id: [[0, 0, { name: 'x' }]] }), 'domain.create_refused'],

  [
    'command 0 with a field that may not be written',
    update({ child_ids: [[0, 0, { email: 'x' }]] }),
    'field.not_writable',
  ],
  ['command 0 with an unreadable field', update({ child_ids: [[0, 0, { vat: 'x' }]] }), 'field.unknown'],
  [
    'command 0 with a record outside its forced domain',
    update({ child_ids: [[0, 0, { name: 'x', company_id: 2 }]] }),
    'domain.leaves_forced',
  ],
  [
    'command 0 inside command 0, outside the forced domain',
    create({ name: 'a', child_ids: [[0, 0, { name: 'b', child_ids: [[0, 0, { company_id: 2 }]] }]] }),
    'domain.leaves_forced',
  ],
  [
    'command 1 with a field that may not be written',
    update({ child_ids: [[1, 8, { email: 'x' }]] }),
    'field.not_writable',
  ],
  ['command 1 on a model without update', update({ category_id: [[1, 8, { name: 'x' }]] }), 'verb.not_exposed'],
  [
    'command 1 in command 1, out of the forced domain',
    update({ child_ids: [[1, 8, { child_ids: [[1, 9, { company_id: 2 }]] }]] }),
    'domain.leaves_forced',
  ],
  ['command 2 on a model without delete', update({ bank_ids: [[2, 8, 0]] }), 'verb.not_exposed'],
  [
    'command 3 of a one2many whose required inverse makes Odoo delete',
    update({ bank_ids: [[3, 8, 0]] }),
    'verb.not_exposed',
  ],
  ['command 5 there', update({ bank_ids: [[5, 0, 0]] }), 'verb.not_exposed'],
  ['command 6 there', update({ bank_ids: [[6, 0, [8]]] }), 'verb.not_exposed'],
  ['`false` there', update({ bank_ids: false }), 'verb.not_exposed'],
  ['a plain list of ids there', update({ bank_ids: [8] }), 'verb.not_exposed'],
  ['command 5 where records are hidden', update({ category_id: [[5]] }), 'command.refused'],
  ['command 6 where records are hidden', update({ category_id: [[6, 0, [1]]] }), 'command.refused'],
  ['a plain list of ids where records are hidden', update({ category_id: [1] }), 'command.refused'],
  [
    'a command among good ones',
    update({
      category_id: [
        [4, 1, 0],
        [0, 0, { name: 'x' }],
      ],
    }),
    'domain.create_refused',
  ],
  ['an unknown command', update({ category_id: [[7, 1, 0]] }), 'field.bad_value'],
  ['a command that is no list', update({ category_id: [{ id: 1 }, [4, 1]] }), 'field.bad_value'],
  ['values five records deep', create(nestedValues(5)), 'values.too_deep'],
  [
    'a thousand and one records in one write',
    create({ name: 'x', child_ids: Array.from({ length: 1000 }, () => [0, 0, {}]) }),
    'values.too_many',
  ],
  ['properties, which define fields elsewhere', update({ task_properties: [] }, 'project.task'), 'field.not_writable'],
  ['a text in a many2one, which Odoo would take for unset', update({ country_id: 'Belgium' }), 'field.bad_value'],
]

/** What the same door lets through, so that the refusals above are not those of a door that is shut. */
const ALLOWED: readonly (readonly [string, Attempt])[] = [
  ['a page', list({ fields: ['name', 'country_id'], order: 'name, country_id desc' })],
  ['a filter', where('|', ['name', 'ilike', 'x'], '!', ['parent_id.name', '=', 'x'])],
  ['a path into a related model', where(['country_id.name', '=', 'x'])],
  ['`any`', where(['child_ids', 'any', [['child_ids', 'not any', [['name', '=', 'x']]]]])],
  ['a relation by id, whatever its model', where(['company_id', 'in', [1, 2]])],
  ['a search by name among users', where(['user_id', 'ilike', 'demo'])],
  ['an order by users, who show what they are sorted by', list({ order: 'user_id' })],
  ['expand', list({ expand: { country_id: { fields: ['name'] }, child_ids: { fields: ['phone'], order: 'name' } } })],
  ['expand in three levels', list({ expand: nested('child_ids', 3) })],
  ['a new record', create({ name: 'x', phone: '1', company_id: 1, child_ids: [[0, 0, { name: 'y' }]] })],
  ['new values', update({ name: 'x', country_id: 20, company_id: 1 })],
  [
    'a link and its end',
    update({
      category_id: [
        [4, 1, 0],
        [3, 2, 0],
      ],
    }),
  ],
  [
    'a line that is made, changed and linked',
    update({
      bank_ids: [
        [0, 0, { acc_number: '1' }],
        [1, 8, { acc_number: '2' }],
        [4, 9, 0],
      ],
    }),
  ],
  [
    'a line that is taken out where nothing makes Odoo delete it',
    update({
      child_ids: [
        [3, 8, 0],
        [2, 9, 0],
      ],
    }),
  ],
  ['a whole list for a new record, which hides nothing yet', create({ name: 'x', category_id: [[6, 0, [1]]] })],
  ['a record deleted', remove('res.partner')],
  ['four records deep', create(nestedValues(4))],
]

describe('ways through policy', () => {
  test.each(ALLOWED)('%s', (_, attempt) => {
    expect(attempt(ODOO_18).kind).toBe('plan')
  })
})

describe('ways around policy', () => {
  test.each(ATTEMPTS)('%s', (_, attempt, code) => {
    expect(() => attempt(ODOO_18)).toThrow(expect.objectContaining({ name: 'GatehouseError', code }))
  })

  test.each(ATTEMPTS)('on Odoo 16: %s', (_, attempt, code) => {
    expect(() => attempt(ODOO_16)).toThrow(expect.objectContaining({ name: 'GatehouseError', code }))
  })

  test.each(ATTEMPTS)('Odoo is never asked about a model that the API does not expose: %s', (_, attempt) => {
    const exposed = new Set(SHOP.map(({ model }) => model))
    for (const model of modelsAskedFor(attempt)) expect(exposed).toContain(model)
  })
})

/** Which schemas a planner asks for when it knows nothing, one after the other. */
function modelsAskedFor(attempt: Attempt): readonly string[] {
  const schemas = new Map<string, ReturnType<PlanFacts['schemas']['get']>>()
  for (;;) {
    try {
      const result = attempt({ ...ODOO_18, schemas })
      if (result.kind === 'plan' || result.fact.kind !== 'schema') return [...schemas.keys()]
      schemas.set(result.fact.model, SCHEMAS.get(result.fact.model))
    } catch {
      return [...schemas.keys()]
    }
  }
}
