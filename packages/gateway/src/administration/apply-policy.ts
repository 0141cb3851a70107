import { isDeepStrictEqual } from 'node:util'
import type { Clock } from '../kernel/clock.ts'
import type { JsonObject } from '../kernel/json.ts'
import type { Random } from '../kernel/random.ts'
import type { ApiInput } from '../policy/api.ts'
import { documentOf, jsonOf } from '../policy/api-document.ts'
import { deleteStoredApi, putStoredApi } from '../store/apis.ts'
import type { Store } from '../store/store.ts'
import type { Handle } from '../store/tables.ts'
import { type Difference, differences } from './differences.ts'
import { type EffectiveApi, type GivenApis, loadEffectiveApis } from './effective-apis.ts'
import { administrationErrors } from './errors.ts'
import { recordChange } from './record-change.ts'

/** What would change, API by API. */
export type PolicyPlan = {
  readonly changes: readonly ApiPlan[]
  /** APIs that are as they are wanted. */
  readonly unchanged: number
}

/** What would become of one API. */
export type ApiPlan = {
  readonly kind: 'create' | 'change' | 'remove'
  readonly database: string
  readonly name: string
  readonly differences: readonly Difference[]
}

/** What setting APIs takes. */
export type PolicyDeps = {
  readonly store: Store
  readonly clock: Clock
  readonly random: Random
  readonly given: GivenApis
}

/** What is asked for. */
export type PolicyWish = {
  readonly wanted: readonly ApiInput[]
  /** Remove stored APIs that are not among the wanted; of these databases only, where they are named. */
  readonly prune?: boolean
  readonly databases?: readonly string[]
}

/** Says what a wish would change, and changes nothing. Throws admin.conflict for an API of the settings file. */
export async function planPolicy(
  wish: PolicyWish,
  { store, given }: Pick<PolicyDeps, 'store' | 'given'>,
): Promise<PolicyPlan> {
  return plan(store.db, wish, given)
}

/**
 * Makes the policy as it is wanted: all of it or nothing. Every node takes it in within seconds.
 *
 * @param by who does it, for whoever looks later
 * @throws admin.conflict for an API of the settings file
 */
export async function applyPolicy(wish: PolicyWish, by: string, deps: PolicyDeps): Promise<PolicyPlan> {
  return deps.store.transaction((tx) => applyWithin(tx, wish, by, deps))
}

/** The same as a part of a transaction that looks at something before. */
export async function applyWithin(
  tx: Handle,
  wish: PolicyWish,
  by: string,
  deps: Omit<PolicyDeps, 'store'>,
): Promise<PolicyPlan> {
  const planned = await plan(tx, wish, deps.given)
  for (const { kind, database, name } of planned.changes) {
    const api = wish.wanted.find((one) => one.database === database && one.name === name)
    if (kind === 'remove') await deleteStoredApi(tx, database, name)
    else if (api !== undefined) {
      const document = jsonOf(documentOf(api))
      await putStoredApi(tx, { database, name, document, updatedAtMs: deps.clock.nowMs(), updatedBy: by })
    }
    await recordChange(tx, { subject: 'api', action: ACTIONS[kind], by, name, database, api: name }, deps)
  }
  return planned
}

const ACTIONS = { create: 'created', change: 'changed', remove: 'removed' } as const satisfies Record<
  ApiPlan['kind'],
  string
>

async function plan(
  handle: Handle,
  { wanted, prune = false, databases }: PolicyWish,
  given: GivenApis,
): Promise<PolicyPlan> {
  const { apis } = await loadEffectiveApis(handle, given)
  const present = new Map(apis.map((entry) => [keyOf(entry.api), entry]))
  const changes = wanted.flatMap((api) => planOne(api, present.get(keyOf(api))))
  const kept = new Set(wanted.map(keyOf))
  const superfluous = apis.filter(
    ({ api, source }) =>
      prune &&
      source === 'stored' &&
      !kept.has(keyOf(api)) &&
      (databases === undefined || databases.includes(api.database)),
  )
  const removals = superfluous.map(({ api }): ApiPlan => {
    const { database, name } = api
    return { kind: 'remove', database, name, differences: differences(documentJson(api), {}) }
  })
  return { changes: [...changes, ...removals], unchanged: wanted.length - changes.length }
}

function planOne(api: ApiInput, present: EffectiveApi | undefined): ApiPlan[] {
  const { database, name } = api
  const before = present === undefined ? {} : documentJson(present.api)
  const after = documentJson(api)
  if (isDeepStrictEqual(before, after)) return []
  if (present?.source === 'settings') {
    throw administrationErrors['admin.conflict']({
      message: `The API "${name}" of the database "${database}" is set in the settings file: change it there, or take it out of that file first.`,
    })
  }
  return [
    { kind: present === undefined ? 'create' : 'change', database, name, differences: differences(before, after) },
  ]
}

/** Exposures by their model, so that a difference names the model and not a place in a list. */
function documentJson(api: ApiInput): JsonObject {
  const { exposures, ...rest } = jsonOf(documentOf(api))
  const list = Array.isArray(exposures) ? (exposures as readonly JsonObject[]) : []
  return { ...rest, exposures: Object.fromEntries(list.map(({ model, ...exposure }) => [String(model), exposure])) }
}

function keyOf({ database, name }: { readonly database: string; readonly name: string }): string {
  return `${database}/${name}`
}
