import { roundTo } from '../../value/float-round.ts'

/** A tax as far as amounts are worked out with it. */
export type Tax = {
  readonly kind: 'percent' | 'fixed' | 'division' | 'group'
  /** Percent, or an amount a unit. */
  readonly amount: number
  /** Is it in the price already? */
  readonly included: boolean
}

/** What a line comes to. */
export type Amounts = { readonly untaxed: number; readonly total: number }

/**
 * The amounts of a line in a currency with so many digits: taxes that the price includes are taken out first, then each
 * of the others is put on top, each rounded by itself (odoo 18.0 account_tax.py, rounding per line).
 */
export function lineAmounts(price: number, quantity: number, taxes: readonly Tax[], digits: number): Amounts {
  const gross = roundTo(price * quantity, digits)
  const included = taxes.filter((tax) => tax.included)
  const share = included.reduce((sum, tax) => sum + percentOf(tax), 0)
  const fixed = included.reduce((sum, tax) => sum + (tax.kind === 'fixed' ? tax.amount * quantity : 0), 0)
  const untaxed = share === 0 && fixed === 0 ? gross : roundTo((gross - fixed) / (1 + share / 100), digits)
  const onTop = taxes
    .filter((tax) => !tax.included)
    .reduce((sum, tax) => sum + roundTo(taxOn(tax, untaxed, quantity), digits), 0)
  return { untaxed, total: roundTo(gross + onTop, digits) }
}

function percentOf(tax: Tax): number {
  return tax.kind === 'percent' ? tax.amount : 0
}

function taxOn(tax: Tax, base: number, quantity: number): number {
  switch (tax.kind) {
    case 'percent':
      return (base * tax.amount) / 100
    case 'fixed':
      return tax.amount * quantity
    case 'division':
      return base / (1 - tax.amount / 100) - base
    case 'group':
      return 0
  }
}
