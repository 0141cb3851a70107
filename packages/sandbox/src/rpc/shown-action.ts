import { keyError, valueError } from '../fault/odoo-fault.ts'

type Action = Readonly<Record<string, unknown>>

/**
 * What a button shows of a method's result: an action with a type and with the views that it opens in; anything that is
 * no object is `false` (odoo 18.0 web, call_button and clean_action). An action without a type closes the window.
 */
export function shownAction(result: unknown): unknown {
  if (typeof result !== 'object' || result === null || Array.isArray(result)) return false
  const action: Action = { ...result }
  if (action.type === '') return false
  const typed: Action = 'type' in action ? action : { ...action, type: 'ir.actions.act_window_close' }
  const opensViews = typed.type === 'ir.actions.act_window'
  return opensViews && !isFilled(typed.views) ? { ...typed, views: viewsOf(typed) } : typed
}

/** The views of an action that names its kinds of view only. */
function viewsOf({ view_mode: modes, view_id: view }: Action): readonly (readonly unknown[])[] {
  if (typeof modes !== 'string') throw keyError('view_mode')
  const id = (Array.isArray(view) ? view[0] : view) || false
  const kinds = modes.split(',')
  if (kinds.length > 1 && id !== false) {
    throw valueError(
      'Non-db action dictionaries should provide either multiple view modes or a single view mode and an optional view id.',
    )
  }
  return kinds.map((kind) => [id, kind])
}

function isFilled(views: unknown): boolean {
  return Array.isArray(views) && views.length > 0
}
