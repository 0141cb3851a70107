import { describe, expect, test } from 'vitest'
import { shownAction } from './shown-action.ts'

describe('a button shows an action or nothing', () => {
  test.each([
    { name: 'nothing at all', result: undefined, shown: false },
    { name: 'a list is no action', result: [1, 2], shown: false },
    { name: 'a flag is no action', result: true, shown: false },
    {
      name: 'an object without a type closes the window',
      result: { a: 1 },
      shown: { a: 1, type: 'ir.actions.act_window_close' },
    },
    { name: 'an empty type is none', result: { type: '' }, shown: false },
    {
      name: 'kinds of view become views',
      result: { type: 'ir.actions.act_window', view_mode: 'list,form' },
      shown: {
        type: 'ir.actions.act_window',
        view_mode: 'list,form',
        views: [
          [false, 'list'],
          [false, 'form'],
        ],
      },
    },
    {
      name: 'one view is named by its id',
      result: { type: 'ir.actions.act_window', view_mode: 'form', view_id: [7, 'a form'] },
      shown: { type: 'ir.actions.act_window', view_mode: 'form', view_id: [7, 'a form'], views: [[7, 'form']] },
    },
    {
      name: 'views that are there stay',
      result: { type: 'ir.actions.act_window', views: [[3, 'form']] },
      shown: { type: 'ir.actions.act_window', views: [[3, 'form']] },
    },
  ])('$name', ({ result, shown }) => {
    expect(shownAction(result)).toEqual(shown)
  })

  test('an action of views without any is refused', () => {
    expect(() => shownAction({ type: 'ir.actions.act_window' })).toThrow('view_mode')
    expect(() => shownAction({ type: 'ir.actions.act_window', view_mode: 'list,form', view_id: 3 })).toThrow(
      /either multiple/,
    )
  })
})
