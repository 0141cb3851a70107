import { describe, expect, test } from 'vitest'
import { lineAmounts, type Tax } from './tax.ts'

const percent = (amount: number, included = false): Tax => ({ kind: 'percent', amount, included })

describe('a line comes to what Odoo works out', () => {
  test.each([
    { name: 'without taxes', price: 10.01, quantity: 2, taxes: [], amounts: { untaxed: 20.02, total: 20.02 } },
    { name: '15 % on top', price: 12.5, quantity: 3, taxes: [percent(15)], amounts: { untaxed: 37.5, total: 43.13 } },
    {
      name: '21 % included',
      price: 121,
      quantity: 1,
      taxes: [percent(21, true)],
      amounts: { untaxed: 100, total: 121 },
    },
    {
      name: 'two taxes, each on the same base',
      price: 100,
      quantity: 1,
      taxes: [percent(10), percent(5)],
      amounts: { untaxed: 100, total: 115 },
    },
    {
      name: 'an amount a unit',
      price: 10,
      quantity: 3,
      taxes: [{ kind: 'fixed', amount: 0.5, included: false } as const],
      amounts: { untaxed: 30, total: 31.5 },
    },
    {
      name: 'a quantity below zero',
      price: 10,
      quantity: -1,
      taxes: [percent(15)],
      amounts: { untaxed: -10, total: -11.5 },
    },
  ])('$name', ({ price, quantity, taxes, amounts }) => {
    expect(lineAmounts(price, quantity, taxes, 2)).toEqual(amounts)
  })
})
