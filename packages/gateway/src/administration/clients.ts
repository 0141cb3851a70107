import type { Clock } from '../kernel/clock.ts'
import { hashSecret } from '../kernel/hash.ts'
import { newId, newSecret } from '../kernel/id.ts'
import type { Random } from '../kernel/random.ts'
import type { ApiInput } from '../policy/api.ts'
import { FULL_SCOPES } from '../policy/scope.ts'
import { noteChange } from '../store/changes.ts'
import {
  type Client,
  type ClientUser,
  findClient,
  insertClient,
  listClients,
  replaceClientSecret,
  setClientDisabled,
} from '../store/clients.ts'
import type { Store } from '../store/store.ts'
import type { Handle } from '../store/tables.ts'
import type { RevokeGrant } from '../tokens/revoke-grant.ts'
import type { OdooProof } from '../upstream/prove-odoo-user.ts'
import { checkAccessTerms } from './access-terms.ts'
import { type BindingDeps, bindOdooUser } from './bound-credential.ts'
import { endGrantsOf } from './end-grants.ts'
import { administrationErrors } from './errors.ts'
import { recordChange } from './record-change.ts'

/** A client that somebody wants. */
export type ClientAsked = {
  readonly name: string
  readonly api: ApiInput
  /** Everything that the API allows, when absent. */
  readonly scopes?: readonly string[] | undefined
  /** Networks that it may be used from; everywhere, when absent. */
  readonly addresses?: readonly string[] | undefined
  /** Part of the demo, and good on the sandbox alone. */
  readonly forSandbox?: boolean
}

/** A client, and its secret that was just made. The secret is not stored and cannot be shown again. */
export type ClientWithSecret = { readonly client: Client; readonly secret: string }

/** What changing clients takes. */
export type ClientDeps = { readonly store: Store; readonly clock: Clock; readonly random: Random }

/** More clients than this are not listed at once. */
export const LISTED_CLIENTS_MAX = 1000

/** The longest that an old secret stays good beside the new one. Milliseconds. */
export const OVERLAP_MAX_MS = 30 * 86_400_000

/**
 * Makes a client that acts as nobody by itself: somebody has to sign in.
 *
 * @throws admin.invalid
 */
export async function createClient(asked: ClientAsked, by: string, deps: ClientDeps): Promise<ClientWithSecret> {
  checkTerms(asked)
  return deps.store.transaction((tx) => keepClient(tx, asked, undefined, by, deps))
}

/**
 * Makes a client that acts as an Odoo user where nobody signs in, after Odoo has taken what it acts with.
 *
 * @throws admin.invalid, proof.*, odoo.*; then nothing was stored
 */
export async function createBoundClient(
  asked: ClientAsked & { readonly login: string; readonly proof: OdooProof },
  by: string,
  deps: BindingDeps,
): Promise<ClientWithSecret> {
  checkTerms(asked)
  return bindOdooUser(
    { database: asked.api.database, login: asked.login, proof: asked.proof },
    (tx, odooCredentialId, { uid, login }) => keepClient(tx, asked, { uid, login, odooCredentialId }, by, deps),
    deps,
  )
}

function checkTerms({ name, api, scopes = FULL_SCOPES, addresses = [] }: ClientAsked): void {
  checkAccessTerms({ name, api, scopes, addresses })
}

async function keepClient(
  tx: Handle,
  { name, api, scopes = FULL_SCOPES, addresses = [], forSandbox = false }: ClientAsked,
  user: ClientUser | undefined,
  by: string,
  deps: ClientDeps,
): Promise<ClientWithSecret> {
  const { clock, random } = deps
  const secret = newSecret(random)
  const client: Client = {
    ...{ clientId: newId('client', random), secretHash: hashSecret(secret), name, database: api.database, user },
    ...{ api: api.name, scopes, addresses, createdAtMs: clock.nowMs(), forSandbox },
    ...{ previousSecret: undefined, secretChangedAtMs: undefined, disabledAtMs: undefined, lastUsedAtMs: undefined },
  }
  await insertClient(tx, client)
  await noteChange(tx, 'credentials')
  await record(tx, client, 'created', by, deps)
  return { client, secret }
}

/** Clients, the newest first. */
export function findClients(
  filter: { readonly database?: string },
  { store }: { readonly store: Store },
): Promise<readonly Client[]> {
  return listClients(store.db, filter, LISTED_CLIENTS_MAX)
}

/**
 * The client of this id.
 *
 * @throws admin.not_found
 */
export async function requireClient(clientId: string, { store }: { readonly store: Store }): Promise<Client> {
  const client = await findClient(store.db, clientId)
  if (client !== undefined) return client
  throw administrationErrors['admin.not_found']({
    message: 'There is no client of this id: see `gatehouse client list`.',
  })
}

/**
 * Gives a client a new secret. The one before stays good for the overlap, so that the program can be told in peace; with
 * an overlap of 0 it ends at once.
 *
 * @throws admin.not_found, admin.invalid for an overlap beyond 30 days
 */
export async function rotateClientSecret(
  clientId: string,
  overlapMs: number,
  by: string,
  deps: ClientDeps,
): Promise<ClientWithSecret> {
  const { store, clock, random } = deps
  if (overlapMs < 0 || overlapMs > OVERLAP_MAX_MS) {
    throw administrationErrors['admin.invalid']({
      message: 'The old secret may stay good for 30 days at most: name a shorter overlap, such as 24h.',
      data: { field: 'overlap' },
    })
  }
  const before = await requireClient(clientId, deps)
  const secret = newSecret(random)
  const changedAtMs = clock.nowMs()
  const hash = hashSecret(secret)
  await store.transaction(async (tx) => {
    await replaceClientSecret(tx, clientId, { hash, changedAtMs, previousUntilMs: changedAtMs + overlapMs })
    await noteChange(tx, 'credentials')
    await record(tx, before, 'secret rotated', by, deps)
  })
  return { client: await requireClient(clientId, deps), secret }
}

/**
 * Shuts a client off: it gets no tokens, and those that it has end.
 *
 * @returns how many of its grants have ended
 * @throws admin.not_found
 */
export async function disableClient(
  clientId: string,
  by: string,
  deps: ClientDeps & { readonly revokeGrant: RevokeGrant },
): Promise<number> {
  const client = await requireClient(clientId, deps)
  await setDisabled(client, deps.clock.nowMs(), 'disabled', by, deps)
  return endGrantsOf({ clientId }, 'client_disabled', by, deps)
}

/**
 * Lets a client in again. Tokens that ended stay ended.
 *
 * @throws admin.not_found
 */
export async function enableClient(clientId: string, by: string, deps: ClientDeps): Promise<void> {
  await setDisabled(await requireClient(clientId, deps), undefined, 'enabled', by, deps)
}

async function setDisabled(
  client: Client,
  disabledAtMs: number | undefined,
  action: string,
  by: string,
  deps: ClientDeps,
): Promise<void> {
  await deps.store.transaction(async (tx) => {
    if (!(await setClientDisabled(tx, client.clientId, disabledAtMs))) return
    await noteChange(tx, 'credentials')
    await record(tx, client, action, by, deps)
  })
}

async function record(tx: Handle, client: Client, action: string, by: string, deps: ClientDeps): Promise<void> {
  const { clientId, name, database, api, user } = client
  const whose = user === undefined ? {} : { uid: user.uid, login: user.login }
  await recordChange(tx, { subject: 'client', action, by, name, database, api, clientId, ...whose }, deps)
}
