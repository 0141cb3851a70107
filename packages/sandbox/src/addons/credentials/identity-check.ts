import { isPassword, setPassword } from '../../credential/password.ts'
import type { Behaviour, MethodCall } from '../../engine/contract.ts'
import { assertionError, typeError, userError } from '../../fault/odoo-fault.ts'
import { everyone } from '../../models/same-for-all.ts'
import { RELOAD, runDeferred } from './check-identity.ts'
import { oneRecord } from './one-record.ts'

/** The wizard that asks for the password before something grave is done. */
export const identityCheck: Behaviour = {
  // 19 keeps no password: it is in the context of the call.
  computed: { password: (_orm, ids) => everyone(ids, false) },
  methods: [
    { name: 'run_check', on: 'records', params: [], run: runCheck },
    { name: 'revoke_all_devices', on: 'records', params: [], until: 17, run: revokeAllDevices },
  ],
}

function runCheck(call: MethodCall): unknown {
  const { orm, model, session } = call
  if (session === undefined) throw assertionError('This method can only be accessed over HTTP')
  const { id, request } = checkedWizard(call)
  const keepsPassword = orm.engine.version.credentials.askedIn === 'field'
  if (keepsPassword) orm.write(model.name, [id], { password: false })
  session.noteIdentityCheck()
  if (typeof request !== 'string') throw typeError('the JSON object must be str, bytes or bytearray, not bool')
  return runDeferred(call, request)
}

/** Gives the user the same password anew, which ends every session. */
function revokeAllDevices(call: MethodCall): unknown {
  const { orm, model } = call
  const { id, password } = checkedWizard(call)
  setPassword(orm.engine, orm.uid, password)
  orm.asSuperuser().unlink(model.name, [id])
  return RELOAD
}

function checkedWizard(call: MethodCall): { id: number; password: string; request: unknown } {
  const { orm } = call
  const { askedIn, emptyPassword } = orm.engine.version.credentials
  const wizard = oneRecord(call, ['password', 'request'])
  const password = askedIn === 'field' ? wizard?.values.password : orm.context.password
  if (!password && emptyPassword === 'assertion') throw assertionError('')
  if (wizard === undefined || typeof password !== 'string' || !isPassword(orm.engine, orm.uid, password)) {
    throw userError('Incorrect Password, try again or click on Forgot Password to reset your password.')
  }
  return { id: wizard.id, password, request: wizard.values.request }
}
