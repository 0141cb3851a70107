import type { Addon } from '../addon.ts'
import { CATALOG } from './catalog.ts'
import { KNOWN_MODELS } from './known-models.ts'
import { productProduct } from './product-product.ts'
import { productTemplate } from './product-template.ts'
import { SALE_ROWS } from './rows.ts'
import { saleOrder } from './sale-order.ts'
import { saleOrderLine } from './sale-order-line.ts'

/** Products, quotations and orders, as the recorded Odoo 18 had them (product, sale and what they stand on). */
export const sale: Addon = {
  folder: 'sale',
  rows: SALE_ROWS,
  behaviours: {
    ...CATALOG,
    ...KNOWN_MODELS,
    'product.template': productTemplate,
    'product.product': productProduct,
    'sale.order': saleOrder,
    'sale.order.line': saleOrderLine,
  },
}
