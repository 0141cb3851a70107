import { existsSync, readFileSync } from 'node:fs'
import type { OdooVersion } from '../version/odoo-version.ts'
import type { FieldType } from './field.ts'

/** A model as the data file has it. Values that are the usual ones are left out of the file; see `build-schema.ts`. */
export type ModelFacts = {
  readonly model: string
  readonly label: string
  readonly order: string
  /** The place of its addon among all: models of earlier ones were there first. */
  readonly addon: number
  readonly fields: readonly FieldFacts[]
  /** The model is known, but the sandbox keeps no records of it. */
  readonly isEmpty?: boolean
}

/** A field as the data file has it. */
export type FieldFacts = {
  readonly field: string
  readonly type: FieldType
  readonly string: string
  readonly help?: string
  readonly relation?: string
  readonly relation_field?: string
  readonly model_field?: string
  readonly required?: boolean
  readonly readonly?: boolean
  readonly store?: boolean
  readonly sortable?: boolean
  readonly searchable?: boolean
  readonly groupable?: boolean
  readonly company_dependent?: boolean
  readonly translate?: boolean
  readonly selection?: readonly (readonly [string, string])[] | typeof TIME_ZONES
  readonly size?: number
  readonly digits?: readonly [number, number]
  readonly currency_field?: string
  readonly aggregator?: string
  readonly related?: string
  readonly groups?: readonly string[]
  readonly default?: unknown
  /** What `fields_get` tells beside or in place of what follows from the rest; `null` is not told. */
  readonly tells?: Readonly<Record<string, unknown>>
}

/** In place of a list of choices: the names of all time zones, which `data/time-zones.txt` holds once. */
export const TIME_ZONES = 'time zones'

/** The choices of a field whose choices are the time zones. */
export function readTimeZones(): readonly (readonly [string, string])[] {
  const text = readFileSync(new URL('../data/time-zones.txt', import.meta.url), 'utf8')
  return text
    .trimEnd()
    .split('\n')
    .map((zone) => [zone, zone])
}

/** A record of the demonstration data: an id and values by field name. */
export type DemoRecord = Readonly<Record<string, unknown>> & { readonly id: number }

/**
 * The facts of a version's models: `data/<folder>/models-<version>.jsonl`, one line a model, followed by one line a
 * field. They were read from real Odoo servers by `fields_get` and `ir.model`. Fields of a model that an earlier folder
 * has are added to it.
 */
export function readModelFacts(version: OdooVersion, folders: readonly string[]): ModelFacts[] {
  const models = new Map<string, ModelFacts>()
  const sections = folders.flatMap((folder, addon) =>
    readSections(`${folder}/models-${version}.jsonl`).map((section) => ({ ...section, addon })),
  )
  for (const { head, lines, addon } of sections) {
    // The file is part of the program; its shape is checked by the test of the schema, not on every start.
    const facts = head as Pick<ModelFacts, 'model' | 'label' | 'order'>
    const known = models.get(facts.model)
    models.set(facts.model, {
      ...facts,
      addon,
      ...known,
      fields: [...(known?.fields ?? []), ...(lines as FieldFacts[])],
    })
  }
  return [...models.values()]
}

/** Records of one model. */
export type DemoSection = {
  readonly model: string
  readonly records: readonly DemoRecord[]
  /** The records are there already; what is told of them is changed. */
  readonly changes: boolean
}

/** The demonstration data: `data/<folder>/demo-<version>.jsonl`, one line a model, followed by one line a record. */
export function readDemoRecords(version: OdooVersion, folders: readonly string[]): DemoSection[] {
  return folders
    .flatMap((folder) => readSections(`${folder}/demo-${version}.jsonl`))
    .map(({ head, lines }) => ({
      model: String(head.model),
      records: lines as DemoRecord[],
      changes: head.changes === true,
    }))
}

/** One line of a data file. */
export type Line = Readonly<Record<string, unknown>>

/** The sections of a data file: a line that names a model, and the lines behind it. None where there is no such file. */
export function readSections(name: string): { head: Line; lines: Line[] }[] {
  const file = new URL(`../data/${name}`, import.meta.url)
  if (!existsSync(file)) return []
  const text = readFileSync(file, 'utf8')
  const found: { head: Line; lines: Line[] }[] = []
  // Parsed as one array: ten times faster than line by line.
  const lines: Line[] = JSON.parse(`[${text.trimEnd().replaceAll('\n', ',')}]`)
  for (const line of lines) {
    if ('model' in line && !('id' in line)) found.push({ head: line, lines: [] })
    else found.at(-1)?.lines.push(line)
  }
  return found
}
