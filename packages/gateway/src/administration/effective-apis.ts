import { ApiInput } from '../policy/api.ts'
import { listStoredApis } from '../store/apis.ts'
import type { Handle } from '../store/tables.ts'

/** Where an API comes from. One of the settings file takes the place of a stored one, a stored one of the demo's. */
export type ApiSource = 'settings' | 'stored' | 'demo'

/** An API that is in effect. */
export type EffectiveApi = {
  readonly api: ApiInput
  readonly source: ApiSource
  /** Of a stored one: how often it was changed, when and by whom. */
  readonly change: { readonly revision: number; readonly atMs: number; readonly by: string } | undefined
}

/** The APIs that do not stand in the store. */
export type GivenApis = { readonly settings: readonly ApiInput[]; readonly demo: readonly ApiInput[] }

/** What is in effect, and what is stored and cannot be used: a version that is gone may have written it. */
export type EffectiveApis = {
  readonly apis: readonly EffectiveApi[]
  readonly unusable: readonly { readonly database: string; readonly name: string; readonly reason: string }[]
}

/** Reads what is in effect now, by database and name. */
export async function loadEffectiveApis(handle: Handle, given: GivenApis): Promise<EffectiveApis> {
  const effective = new Map<string, EffectiveApi>()
  const unusable: { database: string; name: string; reason: string }[] = []
  const add = (entry: EffectiveApi) => effective.set(keyOf(entry.api), entry)
  for (const api of given.demo) add({ api, source: 'demo', change: undefined })
  for (const { database, name, document, revision, updatedAtMs, updatedBy } of await listStoredApis(handle)) {
    const parsed = ApiInput.safeParse(document)
    if (parsed.success) {
      add({ api: parsed.data, source: 'stored', change: { revision, atMs: updatedAtMs, by: updatedBy } })
      continue
    }
    // Left out rather than half used: what cannot be read is denied.
    effective.delete(keyOf({ database, name }))
    unusable.push({ database, name, reason: parsed.error.issues[0]?.message ?? 'it cannot be read' })
  }
  for (const api of given.settings) add({ api, source: 'settings', change: undefined })
  const apis = [...effective.values()].sort((left, right) => (keyOf(left.api) < keyOf(right.api) ? -1 : 1))
  return { apis, unusable }
}

/** No name of an API has a slash in it. */
function keyOf({ database, name }: { readonly database: string; readonly name: string }): string {
  return `${database}/${name}`
}
