import { describe, expect, test } from 'vitest'
import { parseExactly } from '../json.ts'
import { openIdNames } from './id-names.ts'

const PARTNER = 'res.partner'
const TAG = 'res.partner.category'

describe('ids of records that a case made', () => {
  test('are replaced wherever a request holds one', () => {
    const ids = openIdNames()
    ids.bind(PARTNER, [171, 172], [46, 47])
    const args = [[171, 999], { child_ids: [[2, 172, 0]], name: '171' }]
    expect(ids.inRequest(args, PARTNER)).toEqual([[46, 999], { child_ids: [[2, 47, 0]], name: '171' }])
  })

  test('are told apart by the model', () => {
    const ids = openIdNames()
    ids.bind(PARTNER, 20, 46)
    ids.bind(TAG, 20, 9)
    expect([ids.inRequest([20], PARTNER), ids.inRequest([20], TAG)]).toEqual([[46], [9]])
  })

  test('of wizards stand for themselves alone: their numbers are small', () => {
    const ids = openIdNames()
    ids.bind('res.users.identitycheck', 1, 12)
    expect(ids.inRequest([1], 'res.users.identitycheck')).toEqual([12])
    expect(ids.inRequest([[['id', '=', 1]]], PARTNER)).toEqual([[['id', '=', 1]]])
  })

  test('do not touch numbers that are kept to the letter', () => {
    const ids = openIdNames()
    ids.bind(PARTNER, 15, 46)
    expect(JSON.stringify(ids.inRequest(parseExactly('[[15.0], 15]'), PARTNER))).toBe('[[15.0],46]')
  })

  test('are replaced in an answer where ids stand, and nowhere else', () => {
    const ids = openIdNames()
    ids.bind(PARTNER, 20, 46)
    const row = { id: 20, color: 20, parent_id: [20, 'Golden'], child_ids: [20, 21], rate: 20.5 }
    expect(ids.inAnswer([row], PARTNER)).toEqual([
      { id: 46, color: 20, parent_id: [46, 'Golden'], child_ids: [46, 21], rate: 20.5 },
    ])
  })

  test('are replaced in messages and paths, but not in dates and amounts', () => {
    const ids = openIdNames()
    ids.bind(PARTNER, 20, 46)
    expect(ids.inText('Missing.\n(Record: res.partner(20,), User: 20)')).toBe(
      'Missing.\n(Record: res.partner(46,), User: 46)',
    )
    expect(ids.inText('/web/content/20?download=20')).toBe('/web/content/46?download=20')
    expect(ids.inText('2020-01-20 20:20:20, 20 pieces')).toBe('2020-01-20 20:20:20, 20 pieces')
  })
})
