import type { ModelRow } from '../../schema/model-row.ts'

const products = {
  table: 'product_variant_combination',
  left: 'product_product_id',
  right: 'product_template_attribute_value_id',
}
const taxes = (table: string) => ({ table, left: 'prod_id', right: 'tax_id' })

/** One row a model; see `ModelRow`. Sources: product, uom, account, sales_team, utm and sale of odoo 18.0. */
export const SALE_ROWS: Readonly<Record<string, ModelRow>> = {
  'product.category': {
    recName: 'complete_name',
    nameSearch: ['complete_name'],
    onDelete: { parent_id: 'cascade' },
    marksCopies: false,
  },
  'uom.uom': { onDelete: { category_id: 'restrict' } },
  'account.tax': {
    relationTables: {
      children_tax_ids: { table: 'account_tax_filiation_rel', left: 'parent_tax', right: 'child_tax' },
    },
    marksCopies: true,
  },
  'product.template': {
    nameSearch: ['name', 'default_code'],
    relationTables: {
      taxes_id: taxes('product_taxes_rel'),
      supplier_taxes_id: taxes('product_supplier_taxes_rel'),
      optional_product_ids: { table: 'product_optional_rel', left: 'src_id', right: 'dest_id' },
    },
    onDelete: { categ_id: 'restrict', uom_id: 'restrict', uom_po_id: 'restrict' },
    notCopied: ['default_code'],
    pictures: ['image_1920'],
    marksCopies: true,
  },
  'product.product': {
    nameSearch: ['default_code', 'name', 'barcode'],
    inherits: { field: 'product_tmpl_id', model: 'product.template' },
    relationTables: {
      product_template_attribute_value_ids: products,
      product_template_variant_value_ids: products,
    },
    onDelete: { product_tmpl_id: 'cascade' },
    notCopied: ['default_code', 'barcode'],
    pictures: ['image_variant_1920'],
    marksCopies: true,
  },
  'product.tag': { unique: [{ columns: ['name'], message: 'Tag name already exists!' }] },
  'product.attribute': { onDelete: {}, marksCopies: false },
  'product.attribute.value': {
    onDelete: { attribute_id: 'cascade' },
    unique: [
      {
        columns: ['name', 'attribute_id'],
        message: 'You cannot create two values with the same name for the same attribute.',
      },
    ],
  },
  'product.template.attribute.line': {
    recName: 'attribute_id',
    onDelete: { product_tmpl_id: 'cascade', attribute_id: 'restrict' },
    relationTables: {
      value_ids: {
        table: 'product_attribute_value_product_template_attribute_line_rel',
        left: 'product_template_attribute_line_id',
        right: 'product_attribute_value_id',
      },
    },
  },
  'product.template.attribute.value': {
    onDelete: { attribute_line_id: 'cascade', product_attribute_value_id: 'restrict' },
    relationTables: {
      ptav_product_variant_ids: {
        table: products.table,
        left: products.right,
        right: products.left,
      },
    },
  },
  'product.template.attribute.exclusion': {
    onDelete: { product_template_attribute_value_id: 'cascade', product_tmpl_id: 'cascade' },
    relationTables: {
      value_ids: {
        table: 'product_attr_exclusion_value_ids_rel',
        left: 'product_template_attribute_exclusion_id',
        right: 'product_template_attribute_value_id',
      },
    },
  },
  'product.pricelist': { marksCopies: true },
  'product.pricelist.item': {
    onDelete: { pricelist_id: 'cascade', product_tmpl_id: 'cascade', product_id: 'cascade' },
  },
  'crm.team': {
    relationTables: { favorite_user_ids: { table: 'team_favorite_user_rel', left: 'team_id', right: 'user_id' } },
  },
  'crm.team.member': { recName: 'user_id', onDelete: { crm_team_id: 'cascade', user_id: 'cascade' } },
  'crm.tag': { unique: [{ columns: ['name'], message: 'Tag name already exists!' }] },
  'sale.order': {
    relationTables: { tag_ids: { table: 'sale_order_tag_rel', left: 'order_id', right: 'tag_id' } },
    onDelete: { partner_id: 'restrict', partner_invoice_id: 'restrict', partner_shipping_id: 'restrict' },
    readsTargetOf: ['partner_id'],
    notCopied: [
      ...['name', 'state', 'locked', 'client_order_ref', 'origin', 'reference', 'access_token', 'invoice_status'],
      ...['signature', 'signed_by', 'signed_on', 'date_order', 'validity_date', 'commitment_date'],
    ],
  },
  'sale.order.line': {
    onDelete: { order_id: 'cascade', product_id: 'restrict', product_uom: 'restrict' },
    relationTables: {
      tax_id: { table: 'account_tax_sale_order_line_rel', left: 'sale_order_line_id', right: 'account_tax_id' },
    },
    readsTargetOf: ['order_id', 'product_id'],
    notCopied: ['qty_delivered', 'qty_invoiced', 'qty_to_invoice', 'is_downpayment'],
  },
}
