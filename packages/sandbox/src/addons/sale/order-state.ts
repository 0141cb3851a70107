import type { Orm } from '../../engine/contract.ts'

/** What orders are called in their state: quotations until they are confirmed. */
export function typeNames(orm: Orm, ids: readonly number[]): Map<number, string> {
  const orders = orm.values('sale.order', ids, ['state'])
  return new Map([...orders].map(([id, { state }]) => [id, state === 'sale' ? 'Sales Order' : 'Quotation']))
}

/** The states of orders, in no certain order. */
export function statesOf(orm: Orm, ids: readonly number[]): unknown[] {
  return [...orm.values('sale.order', ids, ['state']).values()].map(({ state }) => state)
}
