import { newPassword } from '../../credential/new-password.ts'
import type { Behaviour, MethodCall, Orm } from '../../engine/contract.ts'
import { attributeError, validationError } from '../../fault/odoo-fault.ts'
import { idsToRead } from '../../orm/record-ids.ts'
import { CLOSE, checkIdentity, RELOAD } from './check-identity.ts'
import { oneRecord } from './one-record.ts'

const LINES = 'change.password.user'

/** The wizard in which who manages access rights gives users new passwords, a line a user. */
export const changePasswordOfUsers: Behaviour = {
  defaults: { user_ids: chosenUsers },
  beforeCreate: (orm, values) => ({ user_ids: chosenUsers(orm), ...values }),
  methods: [{ name: 'change_password_button', on: 'records', params: [], run: changeAll }],
}

/** A line of it. */
export const changePasswordUser: Behaviour = {
  methods: [
    {
      name: 'change_password_button',
      on: 'records',
      params: [],
      run: ({ orm, ...call }) => void changeLines(orm, idsToRead({ orm, ...call })),
    },
  ],
}

/** The wizard in which users give themselves a new one. */
export const changePasswordOwn: Behaviour = {
  checked: [{ when: ['new_password', 'confirm_password'], run: checkConfirmation }],
  methods: [checkIdentity({ name: 'change_password', on: 'records', params: [], run: changeOwn })],
}

/** A line for each user of the list that the wizard was opened on. */
function chosenUsers(orm: Orm): unknown[] {
  const { active_model: model, active_ids: ids } = orm.context
  if (model !== 'res.users' || !Array.isArray(ids)) return [[6, 0, []]]
  const users = orm.values('res.users', ids.filter(Number.isInteger), ['login'])
  return [...users].map(([id, { login }]) => [0, 0, { user_id: id, user_login: login }])
}

function changeAll(call: MethodCall): unknown {
  const { orm } = call
  const wizard = oneRecord(call, ['user_ids'])
  const lines = Array.isArray(wizard?.values.user_ids) ? wizard.values.user_ids : []
  const users = changeLines(orm, lines)
  return users.includes(orm.uid) ? RELOAD : CLOSE
}

/** Answers whose lines they are. What was typed is not kept. */
function changeLines(orm: Orm, lines: readonly number[]): unknown[] {
  const values = [...orm.values(LINES, lines, ['user_id', 'new_passwd']).values()]
  for (const { user_id: user, new_passwd: text } of values) {
    if (typeof user === 'number' && text) newPassword(orm.engine, user, text)
  }
  if (lines.length > 0) orm.write(LINES, lines, { new_passwd: false })
  return values.map(({ user_id: user }) => user)
}

function checkConfirmation(orm: Orm, ids: readonly number[]): void {
  for (const values of orm.values('change.password.own', ids, ['new_password', 'confirm_password']).values()) {
    if (values.new_password !== values.confirm_password) {
      throw validationError('The new password and its confirmation must be identical.')
    }
  }
}

/** Every session of the user ends, this one too: the client is told to load its page anew. */
function changeOwn(call: MethodCall): unknown {
  const { orm, model } = call
  const wizard = oneRecord(call, ['new_password'])
  const text = wizard?.values.new_password ?? false
  if (typeof text !== 'string') throw attributeError("'bool' object has no attribute 'strip'")
  newPassword(orm.engine, orm.uid, text)
  if (wizard !== undefined) orm.unlink(model.name, [wizard.id])
  return RELOAD
}
