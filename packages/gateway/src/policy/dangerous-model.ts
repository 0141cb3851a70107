/**
 * Models whose records decide who may do what, or what code Odoo runs. To change them is to change Odoo itself, so an
 * exposure has to say `dangerous: true` before it may create, update, delete or call anything on them.
 */
const DANGEROUS_MODELS: ReadonlySet<string> = new Set([
  'res.users',
  'res.groups',
  'res.config',
  'change.password.wizard',
  'change.password.user',
  'change.password.own',
  'fetchmail.server',
  'payment.provider',
  'payment.acquirer',
  'iap.account',
])

/** The same for whole families of models: each stands for every model whose name begins so. */
const DANGEROUS_PREFIXES = [
  'ir.',
  'res.users.',
  'res.groups.',
  'res.config.',
  'base.module.',
  'base.language.',
  'base.automation',
  'base_import.',
  'auth.',
  'auth_',
  'publisher_warranty.',
] as const

/** True for a model that may be exposed for writing only with `dangerous: true`. */
export function isDangerousModel(model: string): boolean {
  return DANGEROUS_MODELS.has(model) || DANGEROUS_PREFIXES.some((prefix) => model.startsWith(prefix))
}
