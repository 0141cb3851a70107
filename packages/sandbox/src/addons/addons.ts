import type { Behaviour, Consequence, Engine, Method } from '../engine/contract.ts'
import type { AccessRow, RecordRule } from '../engine/rights.ts'
import type { ModelRow } from '../schema/model-row.ts'
import type { Addon } from './addon.ts'
import { base } from './base.ts'
import { credentials } from './credentials/credentials.ts'
import { ir } from './ir/ir.ts'
import { mail } from './mail/mail.ts'
import { sale } from './sale/sale.ts'

/** All addons; later ones may build on earlier ones. */
const ADDONS: readonly Addon[] = [base, ir, credentials, mail, sale]

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
  readonly consequences: readonly Consequence[]
  readonly fills: readonly ((engine: Engine) => void)[]
}

/**
 * Joins the addons. Of two rows or behaviours of one model the tables and lists are joined, with the later one's entries
 * first to be asked; of any other part the later one holds.
 */
export function joinAddons(addons: readonly Addon[] = ADDONS): Addons {
  return {
    folders: addons.map(({ folder }) => folder),
    rows: mergeByModel(addons.map(({ rows }) => rows)),
    behaviours: mergeByModel(addons.map(({ behaviours }) => behaviours)),
    access: Map.groupBy(
      addons.flatMap(({ access = [] }) => access),
      ([model]) => model,
    ),
    rules: Map.groupBy(
      addons.flatMap(({ rules = [] }) => rules),
      ({ model }) => model,
    ),
    methods: addons.flatMap(({ methods = [] }) => methods),
    consequences: addons.flatMap(({ consequences = [] }) => consequences),
    fills: addons.flatMap(({ fill }) => (fill === undefined ? [] : [fill])),
  }
}

function mergeByModel<T extends object>(tables: readonly Readonly<Record<string, T>>[]): Record<string, T> {
  const merged: Record<string, T> = {}
  for (const [model, part] of tables.flatMap(Object.entries<T>)) {
    const known = merged[model]
    merged[model] = known === undefined ? part : mergeParts(known, part)
  }
  return merged
}

function mergeParts<T extends object>(earlier: T, later: T): T {
  const parts = new Map<string, unknown>(Object.entries(earlier))
  for (const [name, part] of Object.entries(later)) {
    const known = parts.get(name)
    if (Array.isArray(known) && Array.isArray(part))
      parts.set(name, isLookedUp(name) ? [...part, ...known] : [...known, ...part])
    else if (isTable(known) && isTable(part)) parts.set(name, { ...known, ...part })
    else parts.set(name, part)
  }
  // The parts are those of two values of the type, so they are one of it.
  return Object.fromEntries(parts) as T
}

/** Methods are looked up: the later addon's comes first. Everything else is run, in the order of the addons. */
function isLookedUp(part: string): boolean {
  return part === 'methods'
}

function isTable(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
