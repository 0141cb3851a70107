import { checkRecords } from '../../access/check-records.ts'
import { OdooFault } from '../../fault/odoo-fault.ts'
import { isSameText } from '../../file/same-text.ts'
import { type Answer, htmlAnswer, redirect } from '../answer.ts'
import { askersOrm } from '../askers-orm.ts'
import { languageCookie } from '../cookies.ts'
import { csrfToken } from '../csrf-token.ts'
import { escapeHtml } from '../html.ts'
import type { HttpExchange, Route } from '../route.ts'
import { pageText } from './layout.ts'

/** A customer's orders in the portal, where sales are installed (odoo 18.0 sale, controllers/portal.py). */
export const PORTAL_ORDER_ROUTES: readonly Route[] = [
  { paths: ['/my/orders/<int:order_id>'], since: 18, until: 18, kind: 'http', auth: 'public', run: order },
]

/** The order, for who may read it or has its token; anybody else is sent back to the portal, and so is who asks for none. */
function order(exchange: HttpExchange): Answer {
  const { engine, params, session } = exchange
  const orm = askersOrm(exchange)
  const model = engine.schema.models.get('sale.order')
  const id = Number(params.order_id)
  if (model === undefined) return redirect(303, '/my')
  const record = orm.asSuperuser().values(model.name, [id], ['name', 'access_token']).get(id)
  try {
    if (!params.access_token || !isSameText(record?.access_token, params.access_token)) {
      checkRecords(orm, model, [id], 'read')
    }
  } catch (error) {
    if (!(error instanceof OdooFault)) throw error
    return redirect(303, '/my')
  }
  const title = escapeHtml(String(record?.name ?? ''))
  return {
    ...htmlAnswer(pageText(csrfToken(engine, session), `        <main><h2>${title}</h2></main>`)),
    cookies: [languageCookie(engine.nowMs())],
  }
}
