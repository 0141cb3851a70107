import type { AccessRow } from '../access/model-access.ts'
import type { RecordRule } from '../access/record-rules.ts'
import type { Behaviour, Method } from '../engine/contract.ts'
import type { ModelRow } from '../schema/model-row.ts'
import type { Addon } from './addon.ts'
import { base } from './base.ts'
import { credentials } from './credentials/credentials.ts'

/** All addons; later ones may build on earlier ones. */
const ADDONS: readonly Addon[] = [base, credentials]

/** The addons as one, which is how everything else sees them. */
export type Addons = {
  readonly folders: readonly string[]
  readonly rows: Readonly<Record<string, ModelRow>>
  readonly behaviours: Readonly<Record<string, Behaviour>>
  /** By model. */
  readonly access: ReadonlyMap<string, readonly AccessRow[]>
  /** By model. */
  readonly rules: ReadonlyMap<string, readonly RecordRule[]>
  readonly methods: readonly Method[]
}

/** Joins the addons. Of two rows or behaviours of one model the later one holds, part by part. */
export function joinAddons(addons: readonly Addon[] = ADDONS): Addons {
  return {
    folders: addons.map(({ folder }) => folder),
    rows: mergeByModel(addons.map(({ rows }) => rows)),
    behaviours: mergeByModel(addons.map(({ behaviours }) => behaviours)),
    access: Map.groupBy(
      addons.flatMap(({ access }) => access),
      ([model]) => model,
    ),
    rules: Map.groupBy(
      addons.flatMap(({ rules }) => rules),
      ({ model }) => model,
    ),
    methods: addons.flatMap(({ methods = [] }) => methods),
  }
}

function mergeByModel<T extends object>(tables: readonly Readonly<Record<string, T>>[]): Record<string, T> {
  const merged: Record<string, T> = {}
  for (const [model, part] of tables.flatMap(Object.entries<T>)) merged[model] = { ...merged[model], ...part }
  return merged
}
