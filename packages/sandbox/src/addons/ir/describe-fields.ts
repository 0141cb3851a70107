import { existsSync, readFileSync } from 'node:fs'
import { groupId } from '../../access/group-names.ts'
import type { Engine } from '../../engine/contract.ts'
import { isCopied } from '../../orm/copy.ts'
import type { Field } from '../../schema/field.ts'
import { type Model, modelNamed } from '../../schema/model.ts'
import type { NewRow } from '../../sql/insert-rows.ts'
import { insertAll, linkAll } from './insert-all.ts'

/** What a file knows of a model's fields that the schema does not: their rows in `ir.model.fields`. */
type Numbered = {
  readonly of: string
  readonly numbers: Readonly<Record<string, number>>
  readonly indexed: readonly string[]
  readonly uncopied: readonly string[]
  /** Ids of the rows of a selection's choices; choices that are worked out have none. */
  readonly choices: Readonly<Record<string, readonly number[]>>
  /** Fields by the modules that they come from. */
  readonly modules: Readonly<Record<string, readonly string[]>>
}

/** The table of the groups that may see a field. */
export const FIELD_GROUPS = { table: 'ir_model_fields_group_rel', left: 'field_id', right: 'group_id' } as const

/** Fills `ir.model.fields` and the choices of its selections from the schema. */
export function describeFields(engine: Engine): void {
  const numbered = readNumbers(engine.version.version)
  const models = new Map(engine.installation.map(({ model, number }) => [model, number]))
  let next = 1 + Math.max(0, ...[...numbered.values()].flatMap(({ numbers }) => Object.values(numbers)))
  const kinds = modelNamed(engine.schema, 'ir.model.fields').fields
  const rows: NewRow[] = []
  const groups: [number, number][] = []
  const choices: NewRow[] = []
  for (const model of engine.schema.models.values()) {
    const number = models.get(model.name)
    if (number === undefined || model.isEmpty) continue
    const own = numbered.get(model.name)
    for (const field of model.fields.values()) {
      const known = own?.numbers[field.name]
      const id = known ?? next++
      rows.push({ id, model_id: number, ...fieldRow(model, field, own, kinds) })
      for (const group of field.groups) {
        const groupNumber = groupId(engine, group)
        if (groupNumber !== undefined) groups.push([id, groupNumber])
      }
      own?.choices[field.name]?.forEach((choice, sequence) => {
        const [value, name] = field.selection?.[sequence] ?? []
        if (value !== undefined && name !== undefined) choices.push({ id: choice, field_id: id, value, name, sequence })
      })
    }
  }
  insertAll(engine, 'ir.model.fields', rows)
  linkAll(engine, FIELD_GROUPS, groups)
  insertAll(engine, 'ir.model.fields.selection', choices)
}

function fieldRow(model: Model, field: Field, own: Numbered | undefined, kinds: Model['fields']): NewRow {
  const pairs = field.storage.kind === 'relation' && field.store ? field.storage : undefined
  return {
    name: field.name,
    complete_name: null,
    model: model.name,
    relation: field.relation ?? null,
    relation_field: field.relationField ?? null,
    field_description: field.label,
    help: field.help ?? null,
    ttype: field.type,
    copied: (own === undefined ? isCopied(model, field.name) : !own.uncopied.includes(field.name)) ? 1 : 0,
    related: field.related ?? null,
    required: field.required ? 1 : 0,
    readonly: field.readonly ? 1 : 0,
    index: own?.indexed.includes(field.name) ? 1 : 0,
    translate: translation(field, kinds),
    company_dependent: field.companyDependent ? 1 : 0,
    size: field.size ?? null,
    state: 'base',
    on_delete:
      field.type === 'many2one' && field.store && field.related === undefined
        ? (model.row.onDelete?.[field.name] ?? onDelete(field))
        : null,
    domain: field.relation === undefined ? null : '[]',
    selectable: 1,
    store: field.store ? 1 : 0,
    relation_table: pairs?.table ?? null,
    column1: pairs?.left ?? null,
    column2: pairs?.right ?? null,
    currency_field: field.currencyField ?? null,
    sanitize: field.type === 'html' ? 1 : 0,
  }
}

/** Whether a field can be translated; from 19 on also how. */
function translation(field: Field, kinds: Model['fields']): number | string | null {
  if (kinds.get('translate')?.type !== 'selection') return field.translate ? 1 : 0
  return field.translate ? 'standard' : null
}

function onDelete(field: Field): string {
  return field.required ? 'restrict' : 'set null'
}

/** The modules that a field comes from; `undefined` for one that no file knows. */
export function modulesOfField(version: number, model: string, field: string): string | undefined {
  const modules = readNumbers(version).get(model)?.modules ?? {}
  return Object.keys(modules).find((names) => modules[names]?.includes(field))
}

const read = new Map<number, ReadonlyMap<string, Numbered>>()

/** The file of a version, which is read once. */
function readNumbers(version: number): ReadonlyMap<string, Numbered> {
  const known = read.get(version)
  if (known !== undefined) return known
  const numbers = parseNumbers(version)
  read.set(version, numbers)
  return numbers
}

function parseNumbers(version: number): Map<string, Numbered> {
  const file = new URL(`../../data/ir/fields-${version}.jsonl`, import.meta.url)
  if (!existsSync(file)) return new Map()
  const lines: Numbered[] = JSON.parse(`[${readFileSync(file, 'utf8').trimEnd().replaceAll('\n', ',')}]`)
  return new Map(lines.map((line) => [line.of, line]))
}
