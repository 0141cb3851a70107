import type { Clock } from '../kernel/clock.ts'
import { hashSecret } from '../kernel/hash.ts'
import { newId, newSecret } from '../kernel/id.ts'
import type { Random } from '../kernel/random.ts'
import {
  deleteOwner,
  deleteOwnerToken,
  deleteOwnerTokensPastTheirEnd,
  findOwnerNamed,
  findOwnerSession,
  insertOwner,
  insertOwnerToken,
  listOwners,
  type Owner,
  type OwnerTokenKind,
  useBootstrapToken,
} from '../store/owners.ts'
import type { Store } from '../store/store.ts'
import type { Handle } from '../store/tables.ts'
import { administrationErrors } from './errors.ts'
import { recordChange } from './record-change.ts'

/** What keeping owners takes. */
export type OwnersDeps = { readonly store: Store; readonly clock: Clock; readonly random: Random }

/** How long a bootstrap token lets its owner in, and the session that it opens. Milliseconds. CONTRACT §7. */
export const OWNER_TOKEN_LIFE_MS = 3_600_000

/** What the tokens of owners begin with, so that each is known for what it is before it is looked up. */
const PREFIXES = { bootstrap: 'gho_', session: 'ghs_' } as const satisfies Record<OwnerTokenKind, string>

const NAME = /^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$/

/** A token that was just made: shown once, and stored as a hash. */
export type NewOwnerToken = { readonly token: string; readonly owner: Owner; readonly expiresAtMs: number }

/**
 * Adds an owner, who may do everything in the admin API.
 *
 * @throws admin.invalid for a name that is none, admin.conflict when there is one of that name
 */
export async function addOwner(name: string, by: string, { store, clock, random }: OwnersDeps): Promise<Owner> {
  if (!NAME.test(name)) {
    throw administrationErrors['admin.invalid']({
      message:
        'The name of an owner has 1 to 64 letters, digits, ".", "_", "@" or "-", and begins with a letter or digit.',
    })
  }
  const owner = { id: newId('ow', random), name, createdAtMs: clock.nowMs() }
  await store.transaction(async (tx) => {
    if (!(await insertOwner(tx, owner))) {
      throw administrationErrors['admin.conflict']({
        message: `There is an owner "${name}" already: make a token with \`gatehouse owner token ${name}\`.`,
      })
    }
    await recordChange(tx, { subject: 'owner', action: 'added', by, name }, { clock, random })
  })
  return owner
}

/**
 * Removes an owner; every token of theirs is refused from then on.
 *
 * @throws admin.not_found
 */
export async function removeOwner(name: string, by: string, { store, clock, random }: OwnersDeps): Promise<void> {
  await store.transaction(async (tx) => {
    if (!(await deleteOwner(tx, name))) throw noOwner(name)
    await recordChange(tx, { subject: 'owner', action: 'removed', by, name }, { clock, random })
  })
}

/** Every owner, by name. */
export function listedOwners({ store }: Pick<OwnersDeps, 'store'>): Promise<readonly Owner[]> {
  return listOwners(store.db)
}

/**
 * Makes a token that lets an owner in once within an hour: for one call, or for a session.
 *
 * @throws admin.not_found
 */
export async function makeBootstrapToken(name: string, by: string, deps: OwnersDeps): Promise<NewOwnerToken> {
  const { store, clock } = deps
  return store.transaction(async (tx) => {
    const owner = await findOwnerNamed(tx, name)
    if (owner === undefined) throw noOwner(name)
    await deleteOwnerTokensPastTheirEnd(tx, clock.nowMs())
    await recordChange(tx, { subject: 'owner', action: 'token made', by, name }, deps)
    return makeToken(tx, 'bootstrap', owner, clock.nowMs() + OWNER_TOKEN_LIFE_MS, deps)
  })
}

/** Uses a bootstrap token up for a session, which ends when the token would have ended. Undefined: it is no good. */
export async function openOwnerSession(bootstrap: string, deps: OwnersDeps): Promise<NewOwnerToken | undefined> {
  const { store, clock } = deps
  return store.transaction(async (tx) => {
    const behind = await useBootstrapToken(tx, hashSecret(bootstrap), clock.nowMs())
    if (behind === undefined) return undefined
    const { owner, expiresAtMs } = behind
    await recordChange(tx, { subject: 'owner', action: 'came in', by: `owner:${owner.name}`, name: owner.name }, deps)
    return makeToken(tx, 'session', owner, expiresAtMs, deps)
  })
}

/** Ends the session of this token. */
export async function closeOwnerSession(token: string, { store }: Pick<OwnersDeps, 'store'>): Promise<void> {
  await deleteOwnerToken(store.db, hashSecret(token))
}

/**
 * Whose token it is, asked at every call: an owner who was removed is not let in any more. A bootstrap token is used up
 * by that. Undefined for one that is no good.
 */
export async function ownerBehind(token: string, deps: OwnersDeps): Promise<Owner | undefined> {
  const { store, clock } = deps
  const hash = hashSecret(token)
  if (token.startsWith(PREFIXES.session)) return (await findOwnerSession(store.db, hash, clock.nowMs()))?.owner
  return store.transaction(async (tx) => {
    const owner = (await useBootstrapToken(tx, hash, clock.nowMs()))?.owner
    if (owner === undefined) return undefined
    const { name } = owner
    await recordChange(tx, { subject: 'owner', action: 'came in', by: `owner:${name}`, name }, deps)
    return owner
  })
}

/** True for what looks like the token of an owner: whether it is good is another question. */
export function isOwnerToken(token: string): boolean {
  return Object.values(PREFIXES).some((prefix) => token.startsWith(prefix))
}

async function makeToken(
  tx: Handle,
  kind: OwnerTokenKind,
  owner: Owner,
  expiresAtMs: number,
  { clock, random }: OwnersDeps,
): Promise<NewOwnerToken> {
  const token = `${PREFIXES[kind]}${newSecret(random)}`
  await insertOwnerToken(tx, {
    hash: hashSecret(token),
    kind,
    ownerId: owner.id,
    createdAtMs: clock.nowMs(),
    expiresAtMs,
  })
  return { token, owner, expiresAtMs }
}

function noOwner(name: string): Error {
  const shown = NAME.test(name) ? ` "${name}"` : ' of this name'
  return administrationErrors['admin.not_found']({
    message: `There is no owner${shown}: see \`gatehouse owner list\`, or add one with \`gatehouse owner add NAME\`.`,
  })
}
