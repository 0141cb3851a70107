import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CommandError, ID_MAX, parseX2manyCommands, printX2manyCommands, type X2manyCommand } from './index.ts'

function refusal(value: unknown): CommandError {
  try {
    parseX2manyCommands(value)
  } catch (error) {
    if (error instanceof CommandError) return error
    throw error
  }
  throw new Error('It was taken.')
}

describe('what Odoo takes is read (recordings write/x2many_*)', () => {
  test.each<[name: string, value: unknown, commands: X2manyCommand[]]>([
    ['create', [[0, 0, { name: 'x' }]], [{ kind: 'create', values: { name: 'x' } }]],
    ['create with a virtual id', [[0, 'virtual_1', {}]], [{ kind: 'create', values: {} }]],
    ['update', [[1, 5, { name: 'x' }]], [{ kind: 'update', id: 5, values: { name: 'x' } }]],
    ['delete', [[2, 5, 0]], [{ kind: 'delete', id: 5 }]],
    ['delete in short', [[2, 5]], [{ kind: 'delete', id: 5 }]],
    ['unlink', [[3, 5, 0]], [{ kind: 'unlink', id: 5 }]],
    ['unlink in short', [[3, 5]], [{ kind: 'unlink', id: 5 }]],
    ['link', [[4, 5, false]], [{ kind: 'link', id: 5 }]],
    ['link in short', [[4, 5]], [{ kind: 'link', id: 5 }]],
    ['clear', [[5, 0, 0]], [{ kind: 'clear' }]],
    ['clear in short', [[5]], [{ kind: 'clear' }]],
    ['clear of two', [[5, 0]], [{ kind: 'clear' }]],
    ['set', [[6, 0, [1, 2]]], [{ kind: 'set', ids: [1, 2] }]],
    ['set with false', [[6, false, [1]]], [{ kind: 'set', ids: [1] }]],
    ['set of nothing', [[6, 0, []]], [{ kind: 'set', ids: [] }]],
    [
      'several in their order',
      [[5], [4, 1], [0, 0, {}]],
      [{ kind: 'clear' }, { kind: 'link', id: 1 }, { kind: 'create', values: {} }],
    ],
    ['no command', [], []],
    ['a plain list of ids', [2, 3], [{ kind: 'set', ids: [2, 3] }]],
    ['false', false, [{ kind: 'clear' }]],
    ['null', null, [{ kind: 'clear' }]],
    ['the largest id', [[4, ID_MAX]], [{ kind: 'link', id: ID_MAX }]],
  ])('%s', (_, value, commands) => {
    expect(parseX2manyCommands(value)).toStrictEqual(commands)
  })
})

describe('what means something else to Odoo, or nothing, is refused with its place', () => {
  test.each<[name: string, value: unknown, index: number | undefined]>([
    ['a number', 2, undefined],
    ['a text', 'abc', undefined],
    ['true', true, undefined],
    ['an object', { 0: [5] }, undefined],
    ['a list of ids as text', ['2'], undefined],
    ['ids and commands together', [2, [5]], undefined],
    ['commands and ids together', [[5], 2], 1],
    ['an empty command', [[]], 0],
    ['an unknown command', [[5], [7, 1]], 1],
    ['a negative command', [[-1]], 0],
    ['a command as text', [['5']], 0],
    ['true for 1', [[true, 1, {}]], 0],
    ['four parts', [[4, 1, 0, 0]], 0],
    ['create without values', [[0, 0]], 0],
    ['create with a list', [[0, 0, []]], 0],
    ['create with null', [[0, 0, null]], 0],
    ['update without values', [[1, 5]], 0],
    ['update of a virtual id', [[1, 'virtual_1', {}]], 0],
    ['link without an id', [[4]], 0],
    ['link of 0', [[4, 0]], 0],
    ['link of a negative id', [[4, -1]], 0],
    ['link of a fraction', [[4, 1.5]], 0],
    ['link of an id as text', [[4, '1']], 0],
    ['link of true', [[4, true]], 0],
    ['link beyond int4', [[4, ID_MAX + 1]], 0],
    ['link with values', [[4, 1, { name: 'x' }]], 0],
    ['delete with a list', [[2, 1, [2]]], 0],
    ['clear with an id', [[5, 1]], 0],
    ['set without ids', [[6, 0]], 0],
    ['set with one id instead of a list', [[6, 0, 1]], 0],
    ['set with ids in the wrong place', [[6, [1]]], 0],
    ['set with ids as text', [[5], [5], [6, 0, ['1']]], 2],
    ['set with a nested list', [[6, 0, [[1]]]], 0],
  ])('%s', (_, value, index) => {
    const error = refusal(value)
    expect(error.index).toBe(index)
    if (index !== undefined) expect(error.message).toContain(`Command ${index}:`)
  })
})

test('what is printed is read as the same commands', () => {
  const id = fc.integer({ min: 1, max: ID_MAX })
  const values = fc.dictionary(fc.string(), fc.jsonValue())
  const command: fc.Arbitrary<X2manyCommand> = fc.oneof(
    fc.record({ kind: fc.constant('create' as const), values }),
    fc.record({ kind: fc.constant('update' as const), id, values }),
    fc.record({ kind: fc.constantFrom('delete' as const, 'unlink' as const, 'link' as const), id }),
    fc.constant({ kind: 'clear' as const }),
    fc.record({ kind: fc.constant('set' as const), ids: fc.array(id) }),
  )
  fc.assert(
    fc.property(fc.array(command), (commands) => {
      expect(parseX2manyCommands(printX2manyCommands(commands))).toEqual(commands)
    }),
  )
})

test('nothing but CommandError is thrown, whatever the value', () => {
  const part = fc.oneof(fc.integer({ min: -1, max: 8 }), fc.anything())
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.array(fc.oneof(fc.array(part, { maxLength: 4 }), part))), (value) => {
      try {
        parseX2manyCommands(value)
      } catch (error) {
        expect(error).toBeInstanceOf(CommandError)
      }
    }),
    { numRuns: 1000 },
  )
})
