import { isObject, type Json } from '../json.ts'
import type { Version } from '../recording.ts'
import { callModel, type Odoo, Unprepared } from './odoo-client.ts'

/** An API key to be made, in the session of its owner. */
export type KeyWish = {
  readonly version: Version
  readonly session: string
  readonly password: string
  readonly name: string
  /** Default: for 90 days on 18 and 19, the longest that an ordinary user may choose. 17 knows no end. */
  readonly expiresAt?: string
}

/**
 * Makes an API key through the wizards, as a person does: the key's description, the check of the password unless that
 * was given a moment ago, the key.
 */
export async function makeApiKey(odoo: Odoo, wish: KeyWish): Promise<string> {
  const { session } = wish
  const description = 'res.users.apikeys.description'
  const wizard = await callModel(odoo, session, { model: description, method: 'create', args: [valuesOf(wish)] })
  const made = await callModel(
    odoo,
    session,
    { model: description, method: 'make_key', args: [[wizard]] },
    'call_button',
  )
  const action = resModelOf(made) === 'res.users.identitycheck' ? await checkIdentity(odoo, wish, made) : made
  const key = isObject(action) && isObject(action.context) ? action.context.default_key : undefined
  if (typeof key !== 'string') throw new Unprepared(`no API key in ${JSON.stringify(action)}`)
  return key
}

function valuesOf({ version, name, expiresAt }: KeyWish): Json {
  if (version === 17) return { name }
  return expiresAt === undefined ? { name, duration: '90' } : { name, duration: '-1', expiration_date: expiresAt }
}

/** 17 and 18 write the password into the wizard, 19 has it in the context. */
async function checkIdentity(odoo: Odoo, { version, session, password }: KeyWish, action: Json): Promise<Json> {
  const model = 'res.users.identitycheck'
  const id = isObject(action) ? (action.res_id ?? null) : null
  if (version < 19) await callModel(odoo, session, { model, method: 'write', args: [[id], { password }] })
  const kwargs = version < 19 ? {} : { context: { password } }
  return callModel(odoo, session, { model, method: 'run_check', args: [[id]], kwargs }, 'call_button')
}

function resModelOf(action: Json): Json {
  return isObject(action) ? (action.res_model ?? null) : null
}
