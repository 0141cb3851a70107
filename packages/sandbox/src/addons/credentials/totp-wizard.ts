import { codeFrom, secondFactorOf, setSecondFactor } from '../../credential/second-factor.ts'
import { newTotpSecret, stepOfCode } from '../../credential/totp.ts'
import type { Behaviour, MethodCall, Orm } from '../../engine/contract.ts'
import { typeError, userError } from '../../fault/odoo-fault.ts'
import { everyone } from '../../models/same-for-all.ts'
import { pythonType } from '../../value/python-text.ts'
import { CLOSE, checkIdentity, formAction } from './check-identity.ts'
import { oneRecord } from './one-record.ts'

/** The wizard that shows the secret of a second factor, and asks for a code made with it. */
export const totpWizard: Behaviour = {
  computed: { code: (_orm, ids) => everyone(ids, false) },
  methods: [checkIdentity({ name: 'enable', on: 'records', params: [], run: enable })],
}

/** Opens the wizard with a new secret for the user. */
export function openTotpWizard({ orm, session }: MethodCall): Record<string, unknown> {
  const secret = newTotpSecret(orm.engine.randomBytes)
  const issuer = session?.host.split(':', 1)[0] ?? ''
  const id = orm.create('auth_totp.wizard', {
    user_id: orm.uid,
    secret: secret.replace(/(.{4})(?=.)/g, '$1 '),
    url: keyUri(issuer, orm.user().login, secret),
  })
  const { checkContext } = orm.engine.version.credentials
  const action = formAction('auth_totp.wizard', 'Two-Factor Authentication Activation')
  return { ...action, res_id: id, context: { ...orm.context, ...checkContext } }
}

function enable(call: MethodCall): Record<string, unknown> {
  const { orm, model } = call
  const wizard = oneRecord(call, ['user_id', 'secret', 'code'])
  const code = codeFrom(codeText(orm, wizard?.values.code ?? false))
  if (code === undefined) throw userError('The verification code should only contain numbers')
  const { user_id: uid, secret } = wizard?.values ?? {}
  if (wizard === undefined || uid !== orm.uid || !proves(call, String(secret), code)) {
    throw userError('Verification failed, please double-check the 6-digit code')
  }
  // Nobody needs to see it again.
  orm.store(model.name, wizard.id, { secret: '' })
  return notice('success', '2-Factor authentication is now enabled.')
}

/** Turns the second factor on when the code was made with the secret, and it was off. */
function proves({ orm, session }: MethodCall, shownSecret: string, code: number): boolean {
  const { engine, uid } = orm
  const secret = shownSecret.replace(/\s/g, '').toUpperCase()
  const step = stepOfCode(secret, code, engine.nowMs())
  if (step === undefined || secondFactorOf(engine, uid) !== undefined) return false
  setSecondFactor(engine, uid, secret, step)
  session?.renew()
  return true
}

function codeText(orm: Orm, written: unknown): string {
  const code = orm.engine.version.credentials.askedIn === 'field' ? written : (orm.context.code ?? '')
  if (typeof code !== 'string') throw typeError(`expected string or bytes-like object, got '${pythonType(code)}'`)
  return code
}

/** What an authenticator reads from a picture (the key URI format of Google Authenticator). */
function keyUri(issuer: string, login: string, secret: string): string {
  const query = new URLSearchParams({ secret, issuer, algorithm: 'SHA1', digits: '6', period: '30' })
  return `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(login)}?${query}`
}

/** Shows a sentence, and closes the dialog. */
export function notice(type: 'success' | 'warning', message: string): Record<string, unknown> {
  return { type: 'ir.actions.client', tag: 'display_notification', params: { type, message, next: CLOSE } }
}
