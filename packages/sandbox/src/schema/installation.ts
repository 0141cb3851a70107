import type { OdooVersion } from '../version/odoo-version.ts'
import type { FieldFacts, ModelFacts } from './read-facts.ts'
import { readSections } from './read-facts.ts'

/** A right as an installation has it. `may` are letters: read, write, create, unlink; no group is everybody. */
export type InstalledAccess = {
  readonly access: number
  readonly name: string
  readonly group: string | null
  readonly may: string
  readonly active?: false
}

/** A record rule as an installation has it; the domain is the text that Odoo evaluates. */
export type InstalledRule = {
  readonly rule: number
  readonly name: string
  readonly groups: readonly string[]
  readonly may: string
  readonly domain: string
  readonly active?: false
}

/** A model of an installation with its rights: also the many models that the sandbox does not build. */
export type InstalledModel = {
  readonly model: string
  /** Id of its row in `ir.model`. */
  readonly number: number
  readonly label: string
  readonly order: string
  /** Records that are there for a while, such as those of wizards. */
  readonly transient?: true
  /** Without records of its own, although somebody has rights on it. */
  readonly abstract?: true
  /** `t`: its records have messages; `a`: activities; `b`: an address that may be on a blacklist. */
  readonly traits?: string
  /** The modules that know it, separated by commas. */
  readonly modules: string
  /** In the order in which refusals list the groups. */
  readonly access: readonly InstalledAccess[]
  readonly rules: readonly InstalledRule[]
}

/**
 * Reads what a real server of the version has installed (`data/ir/installation-<version>.jsonl`): one line a model,
 * followed by one line a right and one a rule.
 */
export function readInstallation(version: OdooVersion): readonly InstalledModel[] {
  return readSections(`ir/installation-${version}.jsonl`).map(({ head, lines }) => ({
    // The file is part of the program; its shape is checked by a test.
    ...(head as Omit<InstalledModel, 'access' | 'rules'>),
    access: lines.filter((line): line is InstalledAccess => 'access' in line),
    rules: lines.filter((line): line is InstalledRule => 'rule' in line),
  }))
}

/** The models of an installation that have no facts of their own: known by name and rights, without records. */
export function emptyModels(installation: readonly InstalledModel[], known: ReadonlySet<string>): ModelFacts[] {
  return installation
    .filter(({ model }) => !known.has(model))
    .map(({ model, label }) => ({ model, label, order: 'id', addon: 0, fields: FIELDS, isEmpty: true }))
}

const FIELDS: readonly FieldFacts[] = [
  { field: 'id', type: 'integer', string: 'ID', readonly: true },
  { field: 'name', type: 'char', string: 'Name' },
  { field: 'display_name', type: 'char', string: 'Display Name', readonly: true, store: false },
  { field: 'create_uid', type: 'many2one', string: 'Created by', relation: 'res.users', readonly: true },
  { field: 'create_date', type: 'datetime', string: 'Created on', readonly: true },
  { field: 'write_uid', type: 'many2one', string: 'Last Updated by', relation: 'res.users', readonly: true },
  { field: 'write_date', type: 'datetime', string: 'Last Updated on', readonly: true },
]
