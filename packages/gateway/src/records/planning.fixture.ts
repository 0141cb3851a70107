import {
  type FieldSchema,
  type FieldType,
  fieldTypeFacts,
  type ModelSchema,
  readFieldType,
} from '@odoo-gatehouse/odoo/schema'
import type { UserPrincipal } from '../kernel/principal.ts'
import { callerOf, type ExposureSetting } from '../policy/policy.fixture.ts'
import type { PlanFacts, Planning } from './planning.ts'

/** A field as short as a table of models needs it: its type, or type and what is not the rule. */
type FieldSketch = FieldType | ({ readonly type: FieldType } & Partial<FieldSchema>)

const KEPT: Readonly<Record<string, FieldSketch>> = {
  id: { type: 'integer', readonly: true },
  display_name: { type: 'char', readonly: true, store: false, searchable: true, sortable: false },
  create_uid: { type: 'many2one', relation: 'res.users', readonly: true },
  write_date: { type: 'datetime', readonly: true },
}

/** Models of Odoo 18 with a few of their fields (odoo-wire/models.json), one of each kind that the planner tells apart. */
export const SCHEMAS: ReadonlyMap<string, ModelSchema> = new Map(
  Object.entries({
    'res.partner': {
      name: 'char',
      email: 'char',
      phone: 'char',
      ref: 'char',
      vat: 'char',
      company_registry: 'char',
      comment: 'html',
      active: 'boolean',
      color: 'integer',
      partner_latitude: 'float',
      image_128: 'binary',
      contact_address: { type: 'char', store: false, searchable: false, sortable: false },
      signup_token: 'char',
      is_company: 'boolean',
      company_type: { type: 'selection', store: false, depends: [['is_company']] },
      parent_name: { type: 'char', store: false, related: ['parent_id', 'name'] },
      complete_name: { type: 'char', depends: [['name'], ['parent_id', 'name']] },
      meta: 'json',
      parent_id: { type: 'many2one', relation: 'res.partner' },
      child_ids: { type: 'one2many', relation: 'res.partner', relationField: 'parent_id' },
      country_id: { type: 'many2one', relation: 'res.country' },
      user_id: { type: 'many2one', relation: 'res.users' },
      company_id: { type: 'many2one', relation: 'res.company' },
      category_id: { type: 'many2many', relation: 'res.partner.category' },
      bank_ids: { type: 'one2many', relation: 'res.partner.bank', relationField: 'partner_id' },
    },
    'res.partner.category': {
      name: { type: 'char', required: true },
      color: 'integer',
      active: 'boolean',
      parent_id: { type: 'many2one', relation: 'res.partner.category' },
      partner_ids: { type: 'many2many', relation: 'res.partner' },
    },
    'res.partner.bank': {
      acc_number: { type: 'char', required: true },
      sequence: 'integer',
      partner_id: { type: 'many2one', relation: 'res.partner', required: true },
      bank_id: { type: 'many2one', relation: 'res.bank' },
      bank_name: { type: 'char', store: false, related: ['bank_id', 'name'] },
      partner_email: { type: 'char', store: false, related: ['partner_id', 'email'] },
      partner_country_code: { type: 'char', store: false, related: ['partner_id', 'country_id', 'code'] },
    },
    'res.country': { name: 'char', code: 'char', currency_id: { type: 'many2one', relation: 'res.currency' } },
    'res.currency': { name: 'char', active: 'boolean' },
    'res.company': { name: 'char', sequence: 'integer', parent_id: { type: 'many2one', relation: 'res.company' } },
    'res.users': {
      name: 'char',
      login: 'char',
      password: 'char',
      partner_id: { type: 'many2one', relation: 'res.partner' },
    },
    'project.task': {
      name: { type: 'char', required: true },
      priority: { type: 'selection', selection: [['0', 'Low'] as const, ['1', 'High'] as const] },
      date_deadline: 'datetime',
      project_id: { type: 'many2one', relation: 'project.project' },
      company_id: { type: 'many2one', relation: 'res.company', depends: [['project_id', 'company_id']] },
      parent_id: { type: 'many2one', relation: 'project.task' },
      user_ids: { type: 'many2many', relation: 'res.users' },
      origin: {
        type: 'reference',
        selection: [['res.partner', 'Contact'] as const, ['res.country', 'Country'] as const],
      },
      task_properties: 'properties',
      res_id: 'many2one_reference',
    },
    'project.project': {
      name: 'char',
      privacy: 'char',
      task_ids: { type: 'one2many', relation: 'project.task', relationField: 'project_id' },
      partner_id: { type: 'many2one', relation: 'res.partner' },
    },
    'x_shop.order': {
      x_name: 'char',
      x_secret: 'char',
      partner_id: { type: 'many2one', relation: 'res.partner' },
    },
    'x_shop.line': {
      x_name: 'char',
      order_id: { type: 'many2one', relation: 'x_shop.order' },
    },
  } satisfies Record<string, Record<string, FieldSketch>>).map(([model, fields]) => [model, schemaOf(model, fields)]),
)

/** What the planner knows of Odoo 18, with every schema at hand. */
export const ODOO_18: PlanFacts = { schemas: SCHEMAS, presearches: new Map(), anyOperator: true, nestedReads: true }

/** What it knows of Odoo 16. */
export const ODOO_16: PlanFacts = { ...ODOO_18, anyOperator: false, nestedReads: false }

/** The demo user at an API with these exposures, in front of an Odoo that the planner knows. */
export function planningOf(
  exposures: readonly ExposureSetting[],
  facts: PlanFacts = ODOO_18,
  principal: Partial<UserPrincipal> = {},
): Planning {
  return { ...callerOf(exposures, principal), facts }
}

function schemaOf(model: string, fields: Readonly<Record<string, FieldSketch>>): ModelSchema {
  const sketches = Object.entries({ ...KEPT, ...fields })
  return { model, fields: new Map(sketches.map(([name, sketch]) => [name, fieldOf(name, sketch)])) }
}

function fieldOf(name: string, sketch: FieldSketch): FieldSchema {
  const { type, ...told } = typeof sketch === 'string' ? { type: sketch } : sketch
  const label = name.replace(/_ids?$/, '').replaceAll('_', ' ')
  return {
    name,
    type: readFieldType(type),
    string: label.charAt(0).toUpperCase() + label.slice(1),
    required: false,
    readonly: false,
    store: true,
    searchable: true,
    sortable: !fieldTypeFacts(type).x2many && !fieldTypeFacts(type).binary,
    depends: [],
    ...told,
  }
}
