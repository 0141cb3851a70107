import type { ApiInput } from '../policy/api.ts'
import type { Handle } from '../store/tables.ts'
import { applyWithin, type PolicyDeps } from './apply-policy.ts'
import { type EffectiveApi, loadEffectiveApis } from './effective-apis.ts'
import { administrationErrors } from './errors.ts'
import { removeApiWithin } from './remove-api.ts'

/** Which API. */
export type ApiPlace = { readonly database: string; readonly name: string }

/**
 * What must hold of an API before it is changed (RFC 9110 §13.1): it is one of these versions (`If-Match`), it is there,
 * or it is not (`If-None-Match: *`).
 */
export type ApiCondition =
  | { readonly kind: 'version'; readonly etags: readonly string[] }
  | { readonly kind: 'present' }
  | { readonly kind: 'absent' }

/** The version of an API: another one after each change, also after it was removed and made again. */
export function etagOf({ source, change }: Pick<EffectiveApi, 'source' | 'change'>): string {
  return change === undefined ? `"${source}"` : `"${change.revision}-${change.atMs.toString(36)}"`
}

/**
 * The API of this name.
 *
 * @throws admin.not_found
 */
export async function requireEffectiveApi(
  { database, name }: ApiPlace,
  { store, given }: Pick<PolicyDeps, 'store' | 'given'>,
): Promise<EffectiveApi> {
  return (await find(store.db, { database, name }, given)) ?? missing({ database, name })
}

/**
 * Makes an API, or changes it. An API that is there already is changed only under a condition, so that nobody's change
 * is lost unseen.
 *
 * @param by who does it, for whoever looks later
 * @throws admin.if_match_missing, admin.changed_meanwhile, admin.conflict for an API of the settings file
 */
export async function setApi(
  api: ApiInput,
  condition: ApiCondition | undefined,
  by: string,
  deps: PolicyDeps,
): Promise<EffectiveApi & { readonly isNew: boolean }> {
  const { database, name } = api
  return deps.store.transaction(async (tx) => {
    const before = await find(tx, api, deps.given)
    if (before !== undefined && condition === undefined) throw administrationErrors['admin.if_match_missing']()
    refuseUnless(condition, before)
    await applyWithin(tx, { wanted: [api] }, by, deps)
    const after = (await find(tx, { database, name }, deps.given)) ?? missing({ database, name })
    return { ...after, isNew: before === undefined }
  })
}

/**
 * Takes a stored API away.
 *
 * @throws admin.not_found, admin.changed_meanwhile, admin.conflict for one of the settings file or of the demo
 */
export async function unsetApi(
  place: ApiPlace,
  condition: ApiCondition | undefined,
  by: string,
  deps: PolicyDeps,
): Promise<void> {
  await deps.store.transaction(async (tx) => {
    const before = (await find(tx, place, deps.given)) ?? missing(place)
    refuseUnless(condition, before)
    await removeApiWithin(tx, { ...place, source: before.source }, by, deps)
  })
}

function refuseUnless(condition: ApiCondition | undefined, before: EffectiveApi | undefined): void {
  if (condition === undefined) return
  const holds =
    condition.kind === 'absent'
      ? before === undefined
      : before !== undefined && (condition.kind === 'present' || condition.etags.includes(etagOf(before)))
  if (!holds) throw administrationErrors['admin.changed_meanwhile']()
}

async function find(handle: Handle, { database, name }: ApiPlace, given: PolicyDeps['given']) {
  const { apis } = await loadEffectiveApis(handle, given)
  return apis.find(({ api }) => api.database === database && api.name === name)
}

function missing({ database, name }: ApiPlace): never {
  const message = `The database "${database}" has no API "${name}": see \`gatehouse api list\`.`
  throw administrationErrors['admin.not_found']({ message })
}
