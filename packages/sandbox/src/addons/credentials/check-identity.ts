import type { Engine, Method, MethodCall } from '../../engine/contract.ts'
import { inRelease } from '../../engine/in-release.ts'
import { assertionError, userError } from '../../fault/odoo-fault.ts'
import { openOrm } from '../../orm/open-orm.ts'

/** How long a password that was just given is enough: ten minutes. */
const CHECK_HOLDS_MS = 10 * 60 * 1000

/** What waits for the password, as the field `request` of the wizard keeps it. */
type Deferred = {
  readonly context: Record<string, unknown>
  readonly model: string
  readonly ids: readonly unknown[]
  readonly method: string
  readonly args: Record<string, unknown>
}

const guarded = new WeakSet<Method>()

/**
 * The method behind a question for the password: unless that was answered in this session a moment ago, a call is kept in
 * a wizard, and answers the action that opens it (odoo 18.0 res_users.py, check_identity).
 */
export function checkIdentity(method: Method): Method {
  const behind: Method = { ...method, run: (call) => (isChecked(call) ? method.run(call) : ask(call, method.name)) }
  guarded.add(behind)
  return behind
}

/** Does what waited for the password. Only methods behind the question can wait. */
export function runDeferred({ orm, session }: MethodCall, request: string): unknown {
  // The field is written by `ask` alone: no client may set it.
  const { context, model, ids, method, args } = JSON.parse(request) as Deferred
  const waiting = methodNamed(orm.engine, model, method)
  if (waiting === undefined || !guarded.has(waiting)) throw assertionError('')
  const caller = openOrm(orm.engine, orm.uid, context)
  return waiting.run({ orm: caller, model: orm.model(model), ids, args, session })
}

function isChecked({ orm, session }: MethodCall): boolean {
  if (session === undefined) throw userError('This method can only be accessed over HTTP')
  const at = session.identityCheckedMs()
  return at !== undefined && at > orm.engine.nowMs() - CHECK_HOLDS_MS
}

function ask({ orm, model, ids, args }: MethodCall, method: string): Record<string, unknown> {
  const deferred: Deferred = { context: { ...orm.context }, model: model.name, ids, method, args: { ...args } }
  const wizard = 'res.users.identitycheck'
  const id = orm.asSuperuser().create(wizard, { request: JSON.stringify(deferred) })
  const { checkTitle, checkContext } = orm.engine.version.credentials
  return { ...formAction(wizard, checkTitle), res_id: id, ...(checkContext && { context: checkContext }) }
}

/** The action that opens a form in a dialog. */
export function formAction(model: string, name: string): Record<string, unknown> {
  return { type: 'ir.actions.act_window', res_model: model, name, target: 'new', views: [[false, 'form']] }
}

/** What tells the client to load its page anew. */
export const RELOAD = { type: 'ir.actions.client', tag: 'reload' } as const

/** What closes the dialog. */
export const CLOSE = { type: 'ir.actions.act_window_close' } as const

function methodNamed(engine: Engine, model: string, name: string): Method | undefined {
  const { version } = engine.version
  return engine.behaviours[model]?.methods?.find((method) => method.name === name && inRelease(method, version))
}
