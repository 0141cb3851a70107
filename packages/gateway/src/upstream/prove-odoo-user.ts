import {
  type ApiKeyDuration,
  isOdooApiKey,
  mintOdooApiKey,
  OdooFault,
  OdooKeyRefused,
  signInWithApiKey,
} from '@odoo-gatehouse/odoo/client'
import { defineErrors } from '../kernel/error.ts'
import type { OdooDatabases } from './odoo-databases.ts'
import { fromOdooError } from './odoo-errors.ts'
import type { OdooSessions, OpenedSession } from './odoo-sessions.ts'

/** What Odoo refuses when somebody is to be acted as. Nothing is stored then. Each sentence says the next step. */
export const proofErrors = defineErrors({
  'proof.refused': { category: 'rejected', word: 'odoo_refused', message: 'Odoo does not take this.' },
  'proof.second_factor': {
    category: 'rejected',
    word: 'odoo_api_key_required',
    message:
      'This user signs in with a second factor, so that a password alone opens nothing: give an Odoo API key of the user instead (in Odoo: Preferences, Account Security, New API Key).',
  },
  'proof.cooldown': {
    category: 'unavailable',
    word: 'temporarily_unavailable',
    message: 'Odoo refuses sign-ins for a minute after too many failures: wait and try again.',
  },
})

/** What shows that one may act as an Odoo user. `mint`: the password is turned into an Odoo API key and forgotten. */
export type OdooProof =
  | { readonly kind: 'password'; readonly password: string }
  | { readonly kind: 'odoo_api_key'; readonly key: string }
  | {
      readonly kind: 'mint'
      readonly password: string
      /** Under which the user sees the key in Odoo. */
      readonly name: string
      /** Odoo 18 and later end it after so long; ordinary users may have 90 days at most. */
      readonly durationDays: ApiKeyDuration
    }

/** The user whom one may act as. */
export type OdooUserAsked = { readonly database: string; readonly login: string; readonly proof: OdooProof }

/** A user whom Odoo has let in, and what it did so for. */
export type ProvenOdooUser = {
  readonly database: string
  readonly uid: number
  /** As Odoo stores it. */
  readonly login: string
  /** Member of Odoo's Settings group. */
  readonly administrator: boolean
  readonly kind: 'password' | 'odoo_api_key'
  readonly secret: string
  /** The session that the password has opened; it is kept with it. */
  readonly odooSessionId: string | undefined
}

/** What asking Odoo takes. */
export type ProveDeps = {
  readonly databases: OdooDatabases
  readonly sessions: Pick<OdooSessions, 'open' | 'get' | 'end'>
}

/** Who asks on the command line is on this machine. */
const OWN_ADDRESS = '127.0.0.1'

/**
 * Asks Odoo whether a password or key is good for a user, before it is stored.
 *
 * @param address whose password it is, as Odoo is told
 * @throws proof.*, odoo.* when Odoo does not answer
 */
export async function proveOdooUser(
  asked: OdooUserAsked,
  deps: ProveDeps,
  address = OWN_ADDRESS,
): Promise<ProvenOdooUser> {
  const { proof } = asked
  switch (proof.kind) {
    case 'password': {
      const { uid, login, administrator, odooSessionId } = await signIn(asked, proof.password, address, deps)
      const user = { database: asked.database, uid, login, administrator }
      return { ...user, kind: 'password', secret: proof.password, odooSessionId }
    }
    case 'odoo_api_key':
      return proveKey(asked, proof.key, deps)
    case 'mint':
      return mint(asked, proof, address, deps)
  }
}

async function signIn(
  { database, login }: OdooUserAsked,
  password: string,
  address: string,
  { sessions }: ProveDeps,
): Promise<OpenedSession> {
  const opened = await sessions.open(database, { login, password }, { address })
  switch (opened.kind) {
    case 'opened':
      return opened
    case 'second_factor':
      throw proofErrors['proof.second_factor']()
    case 'cooldown':
      throw cooldown()
    case 'denied':
      throw refused(`Odoo does not take this password of "${login}": check login and password. Nothing was stored.`)
    case 'unknown_database':
      throw refused(`Odoo does not have the database "${database}": correct its name. Nothing was stored.`)
  }
}

async function proveKey(
  { database, login }: OdooUserAsked,
  key: string,
  { databases }: ProveDeps,
): Promise<ProvenOdooUser> {
  if (!isOdooApiKey(key)) {
    throw refused('An Odoo API key has 40 hexadecimal digits: copy it anew, or give a password as a password.')
  }
  const { transport, capabilities } = databases.get(database)
  try {
    const user = await signInWithApiKey(transport, { database, login, key }, await capabilities())
    const { uid, isSystem: administrator } = user
    return {
      database,
      uid,
      login: user.login,
      administrator,
      kind: 'odoo_api_key',
      secret: key,
      odooSessionId: undefined,
    }
  } catch (error) {
    if (!(error instanceof OdooKeyRefused)) throw fromOdooError(error)
    if (error.reason === 'cooldown') throw cooldown()
    throw refused(
      `Odoo does not take this API key for "${login}": it is wrong, has ended or is another user's. Nothing was stored.`,
    )
  }
}

async function mint(
  asked: OdooUserAsked,
  { password, name, durationDays }: Extract<OdooProof, { kind: 'mint' }>,
  address: string,
  deps: ProveDeps,
): Promise<ProvenOdooUser> {
  const { uid, login, administrator, odooSessionId } = await signIn(asked, password, address, deps)
  try {
    const session = await deps.sessions.get(odooSessionId)
    if (session === undefined) throw new TypeError('A session that was just opened is there.')
    const odoo = await deps.databases.get(asked.database).capabilities()
    const { key } = await mintOdooApiKey(session, { password, name, durationDays, odoo })
    const user = { database: asked.database, uid, login, administrator }
    return { ...user, kind: 'odoo_api_key', secret: key, odooSessionId: undefined }
  } catch (error) {
    if (error instanceof OdooFault && error.isForPeople) {
      throw refused(`Odoo made no API key for "${login}": ${error.message} Nothing was stored.`)
    }
    throw fromOdooError(error)
  } finally {
    // The key takes its place; that Odoo may not hear of the log-out changes nothing.
    await deps.sessions.end(odooSessionId).catch(() => undefined)
  }
}

function refused(message: string): Error {
  return proofErrors['proof.refused']({ message })
}

function cooldown(): Error {
  return proofErrors['proof.cooldown']({ data: { retryAfterSeconds: 60 } })
}
