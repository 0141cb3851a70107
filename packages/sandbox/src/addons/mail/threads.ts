import { followerRelation } from '../../models/follower-relation.ts'
import type { Model } from '../../schema/model.ts'
import type { ModelRow } from '../../schema/model-row.ts'

/** A model whose records have messages and followers, with the releases in which they do: other modules decide that. */
export type Thread = { readonly model: string; readonly since: number; readonly until: number }

const always = (model: string): Thread => ({ model, since: 17, until: 19 })
/** Recorded with sale and account installed. */
const withSales = (model: string): Thread => ({ model, since: 18, until: 18 })

/** Odoo's models that inherit from mail.thread, as far as the sandbox has them. */
export const THREADS: readonly Thread[] = [
  always('res.partner'),
  always('project.project'),
  always('project.task'),
  withSales('res.company'),
  withSales('res.partner.bank'),
  withSales('account.tax'),
  withSales('crm.team'),
  withSales('product.category'),
  withSales('product.pricelist'),
  withSales('product.product'),
  withSales('product.template'),
  withSales('sale.order'),
]

/** Have records of the model messages and followers of their own? */
export function isThread(model: Model): boolean {
  return model.fields.get('message_ids')?.storage.kind === 'inverse'
}

/** What the rows of these models need for it. */
export const THREAD_ROWS: Readonly<Record<string, ModelRow>> = Object.fromEntries(
  THREADS.map(({ model }): [string, ModelRow] => [
    model,
    {
      relationTables: { message_partner_ids: followerRelation(model) },
      notCopied: ['message_partner_ids'],
      computed: ['website_message_ids', 'activity_summary', 'activity_type_id', 'activity_type_icon'],
    },
  ]),
)
