import { setPassword } from '../credential/password.ts'
import type { Engine } from '../engine/contract.ts'
import { openOrm } from '../orm/open-orm.ts'
import type { Field } from '../schema/field.ts'
import { fieldNamed, type Model, modelNamed } from '../schema/model.ts'
import type { DemoRecord, DemoSection } from '../schema/read-facts.ts'
import { insertRows } from '../sql/insert-rows.ts'
import { identifier, joinSql, type SqlValue, sql } from '../sql/sql-text.ts'
import { toColumn } from '../value/column-value.ts'
import { drawnPicture } from '../value/drawn-picture.ts'
import { dayText, momentText } from '../value/moment.ts'
import { randomUuid } from '../value/uuid.ts'

/** The user that owns what the installation made: OdooBot. */
const SYSTEM_UID = 1

/**
 * Fills an empty database with the demonstration data. Rows go in as they are, with their ids; then everything that
 * follows from others is worked out once for all records. Days are told relative to today: `+4d`; `@now` is the moment
 * itself, `@uuid` one of this database alone.
 * Part of the caller's transaction.
 */
export function loadDemo(engine: Engine, sections: readonly DemoSection[], totpSecret: string): void {
  for (const { model, records, changes } of sections) {
    const target = modelNamed(engine.schema, model)
    if (changes) for (const record of records) changeRecord(engine, target, record)
    else insertRecords(engine, target, records, totpSecret)
  }
  const orm = openOrm(engine, SYSTEM_UID, {}, true)
  for (const { model, records } of sections) {
    const ids = records.map((record) => record.id)
    for (const rule of engine.behaviours[model]?.derived ?? []) rule.run(orm, ids)
    for (const consequence of engine.consequences) {
      consequence.changed?.(orm, modelNamed(engine.schema, model), ids, 'everything')
    }
  }
}

/** Columns by name. */
type Columns = Readonly<Record<string, SqlValue>>

function insertRecords(engine: Engine, model: Model, records: readonly DemoRecord[], totpSecret: string): void {
  const plain = records.map(({ xmlid, password, totp_secret, ...values }) => columnsOf(engine, model, values))
  // Every row has every column that some row of the section has, so that all of them are one statement.
  const unset = Object.fromEntries(plain.flatMap(Object.keys).map((name) => [name, null]))
  const usual: Columns = { ...unset, ...usualColumns(engine, model) }
  insertRows(
    engine.db,
    model.table,
    plain.map((columns) => ({ ...usual, ...columns })),
  )
  for (const record of records) keepSecrets(engine, record, totpSecret)
}

/** What a record has besides its fields: the name of a group, the password and the second factor of a user. */
function keepSecrets(
  engine: Engine,
  { id, xmlid, password, totp_secret: secret }: DemoRecord,
  totpSecret: string,
): void {
  if (typeof xmlid === 'string') engine.db.run(sql`INSERT INTO sandbox_group VALUES (${id}, ${xmlid})`)
  if (typeof password === 'string') setPassword(engine, id, password)
  if (secret !== undefined) {
    engine.db.run(sql`UPDATE sandbox_credential SET totp_secret = ${totpSecret} WHERE user_id = ${id}`)
  }
}

/** Changes a record that an earlier addon brought along. */
function changeRecord(engine: Engine, model: Model, record: DemoRecord): void {
  const { id, ...columns } = columnsOf(engine, model, record)
  const changes = joinSql(
    Object.entries(columns).map(([name, value]) => sql`${identifier(name)} = ${value}`),
    ', ',
  )
  if (changes.text !== '') engine.db.run(sql`UPDATE ${identifier(model.table)} SET ${changes} WHERE id = ${id ?? 0}`)
}

/** The values of a record that are columns; its lists are linked on the way. */
function columnsOf(engine: Engine, model: Model, record: DemoRecord): Record<string, SqlValue> {
  const columns: Record<string, SqlValue> = {}
  for (const [name, value] of Object.entries(record)) {
    const field = fieldNamed(model, name)
    if (field.storage.kind === 'column') {
      columns[name] = toColumn(model.name, field, demoValue(engine, record, field, value))
    } else if (field.storage.kind === 'relation') link(engine, record.id, field, value)
    else throw new TypeError(`The demonstration data cannot set ${model.name}.${name}`)
  }
  return columns
}

/** What every record of a model gets that says nothing else: defaults, and who made it when. */
function usualColumns(engine: Engine, model: Model): Columns {
  const columns: Record<string, SqlValue> = {}
  for (const field of model.fields.values()) {
    if (field.storage.kind !== 'column') continue
    if (field.default !== undefined && field.type !== 'many2one')
      columns[field.name] = toColumn(model.name, field, field.default)
    else if (field.type === 'boolean') columns[field.name] = 0
  }
  const now = momentText(engine.nowMs())
  return { ...columns, create_uid: SYSTEM_UID, create_date: now, write_uid: SYSTEM_UID, write_date: now }
}

function demoValue(engine: Engine, record: DemoRecord, field: Field, value: unknown): unknown {
  if (value === '@avatar') return drawnPicture(record.id).toString('base64')
  if (value === '@uuid') return randomUuid(engine)
  if (value === '@now') return momentText(engine.nowMs())
  if (typeof value !== 'string' || (field.type !== 'date' && field.type !== 'datetime')) return value
  const [, days] = /^([+-]\d+)d$/.exec(value) ?? []
  return days === undefined ? value : dayText(engine.nowMs() + Number(days) * 24 * 3600 * 1000)
}

function link(engine: Engine, id: number, field: Field, value: unknown): void {
  if (field.storage.kind !== 'relation' || !Array.isArray(value)) return
  const { table, left, right } = field.storage
  const into = sql`INSERT OR IGNORE INTO ${identifier(table)} (${identifier(left)}, ${identifier(right)})`
  for (const other of value) engine.db.run(sql`${into} VALUES (${id}, ${Number(other)})`)
}
