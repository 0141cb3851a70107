import type { Behaviour } from '../../engine/contract.ts'
import { button } from '../../models/buttons/button.ts'
import { everyone } from '../../models/same-for-all.ts'
import { viewOrders } from './partner-orders.ts'

/** What sales add to models that are there without them. */
export const KNOWN_MODELS: Readonly<Record<string, Behaviour>> = {
  'res.partner': {
    computed: {
      // Orders of everybody below count for those above (sale/models/res_partner.py).
      sale_order_count: (orm, ids) => {
        const all = orm.asSuperuser()
        return new Map(ids.map((id) => [id, all.search('sale.order', [['partner_id', 'child_of', id]]).length]))
      },
      property_product_pricelist: (_orm, ids) => everyone(ids, false),
    },
    methods: [button('action_view_sale_order', viewOrders, { since: 18, until: 18 })],
  },
  'project.project': {
    computed: {
      sale_order_count: (_orm, ids) => everyone(ids, 0),
      sale_order_line_count: (_orm, ids) => everyone(ids, 0),
    },
  },
}
