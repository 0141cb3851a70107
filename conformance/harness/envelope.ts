/** Wraps parameters as Odoo's own clients do (JSON-RPC 2.0, named parameters). */
export function wrapped(params: object, id: unknown = 1): object {
  return { jsonrpc: '2.0', method: 'call', id, params }
}

/** The two forms in which every call of surface 1 may be sent. */
export const BODY_FORMS = ['bare', 'wrapped'] as const
export type BodyForm = (typeof BODY_FORMS)[number]

/** The body in the form. */
export function inForm(form: BodyForm, params: object): object {
  return form === 'wrapped' ? wrapped(params) : params
}

/** What the call answered, without the envelope of the form. Throws nothing: a refusal gives `undefined`. */
export function resultIn(form: BodyForm, json: unknown): unknown {
  if (form === 'bare') return json
  return typeof json === 'object' && json !== null && 'result' in json ? json.result : undefined
}
