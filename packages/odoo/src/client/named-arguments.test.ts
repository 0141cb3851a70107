import { expect, test } from 'vitest'
import { namedArguments } from './named-arguments.ts'

test.each<[name: string, method: string, args: unknown[], kwargs: object, named: object]>([
  [
    'the records come first',
    'write',
    [[7], { name: 'A' }],
    { context: { lang: 'fr_FR' } },
    { ids: [7], vals: { name: 'A' }, context: { lang: 'fr_FR' } },
  ],
  ['a method of the model has no records', 'search_count', [[['id', '=', 1]]], {}, { domain: [['id', '=', 1]] }],
  ['new records are a list of values', 'create', [[{ name: 'A' }]], {}, { vals_list: [{ name: 'A' }] }],
  ['an unknown method without arguments', 'do_it', [], { force: true }, { force: true }],
  ['an unknown method on records', 'action_confirm', [[1, 2]], {}, { ids: [1, 2] }],
])('%s', (_, method, args, kwargs, named) => {
  expect(namedArguments(method, args, kwargs)).toEqual(named)
})

test.each<[name: string, method: string, args: unknown[]]>([
  ['an unknown method with more than records', 'action_confirm', [[1], true]],
  ['an unknown method with what may be no records', 'action_confirm', [[]]],
  ['more arguments than a method has', 'unlink', [[1], 2]],
  ['a name of Object.prototype', 'constructor', [[1], 2]],
])('%s has no names here', (_, method, args) => {
  expect(namedArguments(method, args, {})).toBeUndefined()
})
