import { hasColumn } from '../schema/field.ts'
import { traitsOf } from '../schema/field-traits.ts'
import type { Model, Schema } from '../schema/model.ts'
import type { RelationTable } from '../schema/model-row.ts'

/**
 * The tables of a schema: one a model, one a many2many relation, and the sandbox's own two, for credentials and
 * sessions. Written for an empty database; names come from the schema only.
 */
export function createTables(schema: Schema): string {
  const statements: string[] = [...OWN_TABLES]
  const made = new Set<string>()
  const relations = new Map<string, string[]>()
  for (const model of schema.models.values()) {
    if (made.has(model.table)) continue
    made.add(model.table)
    statements.push(modelTable(model), ...inverseIndexes(model), ...uniqueIndexes(model))
    for (const field of model.fields.values()) {
      if (field.storage.kind !== 'relation') continue
      relations.set(field.storage.table, relationTable(field.storage))
    }
  }
  return [...statements, ...[...relations.values()].flat()].join(';\n')
}

const OWN_TABLES = [
  // Contents of attachments in base64, each kept once.
  'CREATE TABLE sandbox_file (name TEXT PRIMARY KEY, content TEXT NOT NULL) STRICT',
  // A password is a scrypt hash, a TOTP secret is base32. Neither is a field that a client could read.
  `CREATE TABLE sandbox_credential (
    user_id INTEGER PRIMARY KEY, password TEXT, totp_secret TEXT, totp_last_counter INTEGER,
    signed_in INTEGER NOT NULL DEFAULT 0
  ) STRICT`,
  `CREATE TABLE sandbox_session (
    id TEXT PRIMARY KEY, uid INTEGER, half_open_uid INTEGER, token TEXT, called INTEGER NOT NULL, used_ms INTEGER NOT NULL,
    identity_checked_ms INTEGER, opened_ms INTEGER NOT NULL, next_id TEXT, ends_ms INTEGER
  ) STRICT`,
  // The secret behind a record of `model`: a SHA-256, and the first characters, to find it by.
  `CREATE TABLE sandbox_key (
    model TEXT NOT NULL, record_id INTEGER NOT NULL, prefix TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (model, record_id)
  ) STRICT`,
  'CREATE INDEX sandbox_key_prefix ON sandbox_key (prefix)',
  'CREATE TABLE sandbox_group (group_id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT',
]

function modelTable(model: Model): string {
  const columns = [...model.fields.values()]
    .filter((field) => hasColumn(field) && field.name !== 'id')
    .map((field) => `"${field.name}" ${traitsOf(field).column ?? 'TEXT'}`)
  // AUTOINCREMENT: as in Odoo, the id of a deleted record is never given again.
  return `CREATE TABLE "${model.table}" (${['id INTEGER PRIMARY KEY AUTOINCREMENT', ...columns].join(', ')}) STRICT`
}

/** Every many2one is looked up from the other side: by one2many fields, `child_of` and deletions. */
function inverseIndexes(model: Model): string[] {
  const references = Object.entries(model.row.referenceModels ?? {})
  return [
    ...[...model.fields.values()]
      .filter((field) => field.type === 'many2one' && hasColumn(field) && !field.name.endsWith('_uid'))
      .map((field) => `CREATE INDEX "${model.table}_${field.name}_index" ON "${model.table}" ("${field.name}")`),
    ...references.map(
      ([id, name]) => `CREATE INDEX "${model.table}_${id}_index" ON "${model.table}" ("${id}", "${name}")`,
    ),
  ]
}

function uniqueIndexes(model: Model): string[] {
  return (model.row.unique ?? []).map(({ columns }) => {
    const list = columns.map((column) => `"${column}"`).join(', ')
    return `CREATE UNIQUE INDEX "${model.table}_${columns.join('_')}_unique" ON "${model.table}" (${list})`
  })
}

function relationTable({ table, left, right, of }: RelationTable): string[] {
  if (of !== undefined) return relationView({ table, left, right, of })
  return [
    `CREATE TABLE "${table}" ("${left}" INTEGER NOT NULL, "${right}" INTEGER NOT NULL, ` +
      `PRIMARY KEY ("${left}", "${right}")) STRICT, WITHOUT ROWID`,
    `CREATE INDEX "${table}_back" ON "${table}" ("${right}", "${left}")`,
  ]
}

/** Pairs that are records of another table: linking makes such a record, unlinking deletes it. */
function relationView({ table, left, right, of }: Required<RelationTable>): string[] {
  // Values come from the rows of models, which are part of the program.
  const here = `"${of.column}" = '${of.value}'`
  const same = (row: string): string => `${here} AND "${left}" = ${row}."${left}" AND "${right}" = ${row}."${right}"`
  return [
    `CREATE VIEW "${table}" AS SELECT "${left}", "${right}" FROM "${of.table}" WHERE ${here}`,
    `CREATE TRIGGER "${table}_link" INSTEAD OF INSERT ON "${table}"
      WHEN NOT EXISTS (SELECT 1 FROM "${of.table}" WHERE ${same('NEW')})
      BEGIN INSERT INTO "${of.table}" ("${of.column}", "${left}", "${right}")
        VALUES ('${of.value}', NEW."${left}", NEW."${right}"); END`,
    `CREATE TRIGGER "${table}_unlink" INSTEAD OF DELETE ON "${table}"
      BEGIN DELETE FROM "${of.table}" WHERE ${same('OLD')}; END`,
  ]
}
