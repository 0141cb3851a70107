import type { Selectable } from 'kysely'
import type { SecretHash } from '../kernel/hash.ts'
import type { Handle, OwnerTable } from './tables.ts'

/** Somebody who may administer the node, and everything behind it. */
export type Owner = { readonly id: string; readonly name: string; readonly createdAtMs: number }

/** What lets an owner in: `bootstrap` works once, `session` until it ends. */
export type OwnerTokenKind = 'bootstrap' | 'session'

/** A token of an owner, by its hash. The token itself is never stored. */
export type OwnerToken = {
  readonly hash: SecretHash
  readonly kind: OwnerTokenKind
  readonly ownerId: string
  readonly createdAtMs: number
  readonly expiresAtMs: number
}

/** Adds an owner. False when there is one of that name. */
export async function insertOwner(handle: Handle, { id, name, createdAtMs }: Owner): Promise<boolean> {
  const { numInsertedOrUpdatedRows = 0n } = await handle
    .insertInto('owner')
    .values({ id, name, created_at: createdAtMs })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows > 0n
}

/** Every owner, by name. */
export async function listOwners(handle: Handle): Promise<readonly Owner[]> {
  const rows = await handle.selectFrom('owner').selectAll().orderBy('name').execute()
  return rows.map(ownerOf)
}

/** The owner of that name. */
export async function findOwnerNamed(handle: Handle, name: string): Promise<Owner | undefined> {
  const row = await handle.selectFrom('owner').selectAll().where('name', '=', name).executeTakeFirst()
  return row === undefined ? undefined : ownerOf(row)
}

/** Removes an owner with all tokens (`on delete cascade`). False when there is none of that name. */
export async function deleteOwner(handle: Handle, name: string): Promise<boolean> {
  const { numDeletedRows } = await handle.deleteFrom('owner').where('name', '=', name).executeTakeFirst()
  return numDeletedRows > 0n
}

/** Adds a token that nobody has used yet. */
export async function insertOwnerToken(handle: Handle, token: OwnerToken): Promise<void> {
  await handle
    .insertInto('owner_token')
    .values({
      hash: token.hash,
      kind: token.kind,
      owner_id: token.ownerId,
      created_at: token.createdAtMs,
      expires_at: token.expiresAtMs,
      used_at: null,
    })
    .execute()
}

/** Whose token it is, and when it ends. */
export type OwnerBehindToken = { readonly owner: Owner; readonly expiresAtMs: number }

/**
 * Uses a bootstrap token up, and answers whose it was; undefined for one that is not known, used, or past its end. Of
 * any number of calls at once, on whatever node, one gets it.
 */
export async function useBootstrapToken(
  handle: Handle,
  hash: SecretHash,
  nowMs: number,
): Promise<OwnerBehindToken | undefined> {
  const { numUpdatedRows } = await handle
    .updateTable('owner_token')
    .set({ used_at: nowMs })
    .where('hash', '=', hash)
    .where('kind', '=', 'bootstrap')
    .where('used_at', 'is', null)
    .where('expires_at', '>', nowMs)
    .executeTakeFirst()
  return numUpdatedRows === 0n ? undefined : findBehind(handle, hash, 'bootstrap', nowMs)
}

/** Whose session a token is; undefined for one that is not known, or past its end. By primary key. */
export function findOwnerSession(
  handle: Handle,
  hash: SecretHash,
  nowMs: number,
): Promise<OwnerBehindToken | undefined> {
  return findBehind(handle, hash, 'session', nowMs)
}

/** Ends a token. */
export async function deleteOwnerToken(handle: Handle, hash: SecretHash): Promise<void> {
  await handle.deleteFrom('owner_token').where('hash', '=', hash).execute()
}

/** Removes tokens that are past their end: there is one for each time that an owner came in, so that all are removed. */
export async function deleteOwnerTokensPastTheirEnd(handle: Handle, nowMs: number): Promise<void> {
  await handle.deleteFrom('owner_token').where('expires_at', '<=', nowMs).execute()
}

async function findBehind(
  handle: Handle,
  hash: SecretHash,
  kind: OwnerTokenKind,
  nowMs: number,
): Promise<OwnerBehindToken | undefined> {
  const row = await handle
    .selectFrom('owner_token')
    .innerJoin('owner', 'owner.id', 'owner_token.owner_id')
    .select(['owner.id', 'owner.name', 'owner.created_at', 'owner_token.expires_at'])
    .where('owner_token.hash', '=', hash)
    .where('owner_token.kind', '=', kind)
    .where('owner_token.expires_at', '>', nowMs)
    .executeTakeFirst()
  return row === undefined ? undefined : { owner: ownerOf(row), expiresAtMs: row.expires_at }
}

function ownerOf(row: Selectable<OwnerTable>): Owner {
  return { id: row.id, name: row.name, createdAtMs: row.created_at }
}
