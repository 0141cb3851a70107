import type { Behaviour, Consequence, Engine, Method } from '../engine/contract.ts'
import type { AccessRow, RecordRule } from '../engine/rights.ts'
import type { ModelRow } from '../schema/model-row.ts'

/**
 * What one area of Odoo brings along, as an addon of Odoo does: models, how they behave, rights, rules and records. The
 * facts of its models are `data/<folder>/models-<version>.jsonl` and its records `data/<folder>/demo-<version>.jsonl`; a
 * version without the file does not have the addon. Facts of a model that an earlier addon has are added to it.
 */
export type Addon = {
  /** Its folder in `data/`. */
  readonly folder: string
  /** One row a model whose facts do not say it all. */
  readonly rows: Readonly<Record<string, ModelRow>>
  readonly behaviours: Readonly<Record<string, Behaviour>>
  /** Rights and rules of models that no real installation of ours has; see `schema/installation.ts` for the others. */
  readonly access?: readonly AccessRow[]
  readonly rules?: readonly RecordRule[]
  /** Fills models that tell of the sandbox itself, after the records of all addons. */
  readonly fill?: (engine: Engine) => void
  /** What else follows from changes of records, of whatever model. */
  readonly consequences?: readonly Consequence[]
  /** Methods of every model, besides those of the ORM. */
  readonly methods?: readonly Method[]
}
