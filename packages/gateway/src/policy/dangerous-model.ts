/**
 * Models whose records decide who may do what, what code Odoo runs, or where mail and money go. To change them is to
 * change Odoo itself, so an exposure has to say `dangerous: true` before it may create, update, delete or call anything
 * on them.
 */
const DANGEROUS_MODELS: ReadonlySet<string> = new Set([
  'res.users',
  'res.groups',
  'res.config',
  'gamification.goal.definition',
  'hr.salary.rule',
  'mail.gateway.allowed',
  'portal.share',
  'portal.wizard',
  'portal.wizard.user',
  'reset.view.arch.wizard',
  'website.controller.page',
  'website.page',
  'wizard.ir.model.menu.create',
])

/** The same for whole families of models: each stands for every model whose name begins so. */
const DANGEROUS_PREFIXES = [
  'ir.',
  'res.users.',
  'res.groups.',
  'res.config.',
  'res.device',
  'base.automation',
  'base.enable.profiling.',
  'base.language.',
  'base.module.',
  'base.partner.merge.',
  'base_import.',
  'auth.',
  'auth_',
  'google.',
  'google_',
  'iap.',
  'mail.alias',
  'mail.template',
  'microsoft.',
  'microsoft_',
  'publisher_warranty.',
  'server.action.',
  'sms.',
  'studio.',
  'theme.',
] as const

/**
 * Models whose records are or hold passwords, keys and tokens. Odoo shows many of them to its administrators in full, so
 * an exposure has to say `dangerous: true` before it may do anything on them, reading included.
 */
const SECRET_MODELS: ReadonlySet<string> = new Set([
  'account.online.link',
  'amazon.account',
  'auth.oauth.provider',
  'auth_totp.device',
  'auth_totp.wizard',
  'iap.account',
  'ir.config_parameter',
  'ir.mail_server',
  'l10n_ar.afipws.connection',
  'l10n_cl.dte.caf',
  'mail.ice.server',
  'payment.acquirer',
  'payment.provider',
  'payment.token',
  'res.config.settings',
  'res.users.identitycheck',
  'res.users.settings',
  'social.account',
  'whatsapp.account',
])

/** The same for families, in the spelling of every version (`account_edi_proxy_client.user`, `certificate.key`). */
const SECRET_FAMILIES: readonly RegExp[] = [
  /^account[._]edi[._]proxy[._]client\./,
  /^certificate\./,
  /^change\.password\./,
  /^fetchmail\./,
  /^(google|microsoft)[._].*(account|credentials)/,
  /^l10n_.*certificate/,
  /^res\.users\.apikeys/,
]

/** True for a model that may be exposed for writing only with `dangerous: true`. */
export function isDangerousModel(model: string): boolean {
  if (DANGEROUS_MODELS.has(model) || holdsSecrets(model)) return true
  return DANGEROUS_PREFIXES.some((prefix) => model.startsWith(prefix))
}

/** True for a model that may be exposed for anything, also for reading, only with `dangerous: true`. */
export function holdsSecrets(model: string): boolean {
  return SECRET_MODELS.has(model) || SECRET_FAMILIES.some((family) => family.test(model))
}
