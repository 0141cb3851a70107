import { checkRecords } from '../../access/check-records.ts'
import { forgetKeys, type KeyModel } from '../../credential/api-key.ts'
import type { Behaviour, MethodCall, Orm } from '../../engine/contract.ts'
import { accessError } from '../../fault/odoo-fault.ts'
import { idsToRead } from '../../orm/record-ids.ts'
import { CLOSE, checkIdentity } from './check-identity.ts'

/** API keys, and browsers that are trusted: both are only ever removed by a client. */
export const apiKey: Behaviour = keyBehaviour('res.users.apikeys')
export const trustedDevice: Behaviour = keyBehaviour('auth_totp.device')

/** Removes keys of the model for the user who asks: his own, or anybody's for an administrator. */
export function removeKeys(orm: Orm, model: KeyModel, ids: readonly number[]): unknown {
  if (ids.length === 0) return CLOSE
  checkRecords(orm, orm.model(model), ids, 'read')
  const owners = [...orm.values(model, ids, ['user_id']).values()].map((values) => values.user_id)
  if (!orm.user().groups.has('base.group_system') && owners.some((owner) => owner !== orm.uid)) {
    throw accessError("You can not remove API keys unless they're yours or you are a system user")
  }
  orm.asSuperuser().unlink(model, ids)
  return CLOSE
}

function keyBehaviour(model: KeyModel): Behaviour {
  const remove = (call: MethodCall): unknown => removeKeys(call.orm, model, idsToRead(call))
  return {
    beforeUnlink: (orm, ids) => forgetKeys(orm.engine, model, ids),
    methods: [checkIdentity({ name: 'remove', on: 'records', params: [], run: remove })],
  }
}
