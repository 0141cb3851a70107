import type { Json } from '../json.ts'
import type { Version } from '../recording.ts'
import { makeApiKey } from './api-key.ts'
import { callModel, type ModelCall, type Odoo, signIn } from './odoo-client.ts'

/** What the cases of a group share: the sessions of users that were there before, and keys of their own. */
export type Stage = {
  readonly odoo: Odoo
  readonly version: Version
  /** The session of a user whose password is the login. It is opened once, and kept over cases. */
  session(login: string): Promise<string>
  /** Calls a method as an administrator. */
  call(call: ModelCall): Promise<Json>
  /** The key of this name that several cases use; undefined when it is not among these. */
  sharedKey(name: string): Promise<string> | undefined
}

/** Owners of the keys that several cases use. The user `golden_j2` is made with the first of them. */
const SHARED_KEYS: Readonly<Record<string, string>> = { json2: 'golden_j2', 'json2 admin': 'admin' }

/** A stage on the target, on which nothing was done yet. */
export function openStage(odoo: Odoo, version: Version): Stage {
  const sessions = new Map<string, Promise<string>>()
  const keys = new Map<string, Promise<string>>()

  const session = (login: string) => remember(sessions, login, () => signIn(odoo, login, login))
  const call = async (wanted: ModelCall) => callModel(odoo, await session('admin'), wanted)

  const makeSharedKey = async (name: string, owner: string) => {
    if (owner.startsWith('golden_')) await ensureUser(call, owner)
    return makeApiKey(odoo, { version, session: await session(owner), password: owner, name })
  }
  const sharedKey = (name: string) => {
    const owner = SHARED_KEYS[name]
    return owner === undefined ? undefined : remember(keys, name, () => makeSharedKey(name, owner))
  }

  return { odoo, version, session, call, sharedKey }
}

/** Makes the user as the recorder made its own, unless an earlier run left it behind. */
async function ensureUser(call: Stage['call'], login: string): Promise<void> {
  const found = await call({ model: 'res.users', method: 'search_count', args: [[['login', '=', login]]] })
  if (found !== 0) return
  const values = { name: `Golden ${login}`, login, password: login, email: `${login}@example.com` }
  const kwargs = { context: { no_reset_password: true } }
  await call({ model: 'res.users', method: 'create', args: [values], kwargs })
}

function remember<T>(kept: Map<string, Promise<T>>, name: string, make: () => Promise<T>): Promise<T> {
  const made = kept.get(name) ?? make()
  kept.set(name, made)
  return made
}
