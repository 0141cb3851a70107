import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const required = (column: ColumnDefinitionBuilder) => column.notNull()
const key = (column: ColumnDefinitionBuilder) => column.notNull().primaryKey()

/** Grants and their tokens, Odoo sessions, keys, clients, the audit trail. The column types are those of every engine. */
export const firstSchema: Migration = {
  async up(db) {
    await createSessionsAndGrants(db)
    await createRefreshTokens(db)
    await createKeysAndClients(db)
    await createAuditTrail(db)
  },
}

async function createSessionsAndGrants(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('odoo_session')
    .addColumn('id', 'text', key)
    .addColumn('database', 'text', required)
    .addColumn('uid', 'integer', required)
    .addColumn('sealed_session_id', 'text')
    .addColumn('revision', 'integer', required)
    .addColumn('opened_at', 'bigint', required)
    .addColumn('changed_at', 'bigint', required)
    .addColumn('ended_at', 'bigint')
    .execute()
  await db.schema
    .createIndex('odoo_session_ended')
    .on('odoo_session')
    .column('ended_at')
    .where('ended_at', 'is not', null)
    .execute()
  await db.schema
    .createIndex('odoo_session_to_log_out')
    .on('odoo_session')
    .column('ended_at')
    .where('ended_at', 'is not', null)
    .where(sql.ref('sealed_session_id'), 'is not', null)
    .execute()
  await db.schema
    .createIndex('odoo_session_open')
    .on('odoo_session')
    .column('opened_at')
    .where(sql.ref('ended_at'), 'is', null)
    .execute()
  await db.schema
    .createTable('grant')
    .addColumn('id', 'text', key)
    .addColumn('database', 'text', required)
    .addColumn('uid', 'integer', required)
    .addColumn('login', 'text', required)
    .addColumn('api', 'text', required)
    .addColumn('client_id', 'text', required)
    .addColumn('surface', 'text', required)
    .addColumn('scopes', 'text', required)
    .addColumn('administrator', 'integer', required)
    .addColumn('odoo_session_id', 'text', (column) => column.references('odoo_session.id').onDelete('set null'))
    .addColumn('device', 'text')
    .addColumn('created_at', 'bigint', required)
    .addColumn('expires_at', 'bigint', required)
    .addColumn('ended_at', 'bigint')
    .addColumn('ended_reason', 'text')
    .execute()
  await db.schema.createIndex('grant_user').on('grant').columns(['database', 'uid']).execute()
  await db.schema.createIndex('grant_odoo_session').on('grant').column('odoo_session_id').execute()
  await db.schema
    .createIndex('grant_live')
    .on('grant')
    .column('expires_at')
    .where(sql.ref('ended_at'), 'is', null)
    .execute()
  await db.schema.createIndex('grant_ended').on('grant').column('ended_at').where('ended_at', 'is not', null).execute()
}

async function createRefreshTokens(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('refresh_token')
    .addColumn('hash', 'text', key)
    .addColumn('grant_id', 'text', (column) => column.notNull().references('grant.id').onDelete('cascade'))
    .addColumn('issued_at', 'bigint', required)
    .addColumn('expires_at', 'bigint', required)
    .addColumn('consumed_at', 'bigint')
    .addColumn('successor_hash', 'text')
    .addColumn('successor_sealed', 'text')
    .addColumn('grace_until', 'bigint')
    .execute()
  await db.schema.createIndex('refresh_token_grant').on('refresh_token').column('grant_id').execute()
  // Unique: a token follows at most one other, so no grant can ever have two living ends of its chain by succession.
  await db.schema
    .createIndex('refresh_token_successor')
    .unique()
    .on('refresh_token')
    .column('successor_hash')
    .where('successor_hash', 'is not', null)
    .execute()
  await db.schema
    .createIndex('refresh_token_sealed')
    .on('refresh_token')
    .column('grace_until')
    .where(sql.ref('successor_sealed'), 'is not', null)
    .execute()
  await db.schema
    .createIndex('refresh_token_unused')
    .on('refresh_token')
    .column('expires_at')
    .where(sql.ref('consumed_at'), 'is', null)
    .execute()
}

async function createKeysAndClients(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('signing_key')
    .addColumn('kid', 'text', key)
    .addColumn('algorithm', 'text', required)
    .addColumn('public_jwk', 'text', required)
    .addColumn('sealed_private', 'text', required)
    .addColumn('created_at', 'bigint', required)
    .addColumn('retired_at', 'bigint')
    .execute()
  await db.schema
    .createTable('client')
    .addColumn('client_id', 'text', key)
    .addColumn('secret_hash', 'text', required)
    .addColumn('name', 'text', required)
    .addColumn('database', 'text', required)
    .addColumn('uid', 'integer')
    .addColumn('login', 'text')
    .addColumn('api', 'text', required)
    .addColumn('created_at', 'bigint', required)
    .addColumn('disabled_at', 'bigint')
    .execute()
  await db.schema
    .createTable('api_key')
    .addColumn('id', 'text', key)
    .addColumn('prefix', 'text', required)
    .addColumn('hash', 'text', (column) => column.notNull().unique())
    .addColumn('name', 'text', required)
    .addColumn('database', 'text', required)
    .addColumn('login', 'text', required)
    .addColumn('api', 'text', required)
    .addColumn('scopes', 'text', required)
    .addColumn('created_at', 'bigint', required)
    .addColumn('expires_at', 'bigint')
    .addColumn('revoked_at', 'bigint')
    .execute()
  await db.schema
    .createTable('node_setting')
    .addColumn('key', 'text', key)
    .addColumn('value', 'text', required)
    .execute()
}

async function createAuditTrail(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('audit_event')
    .addColumn('id', 'text', key)
    .addColumn('at', 'bigint', required)
    .addColumn('kind', 'text', required)
    .addColumn('database', 'text')
    .addColumn('uid', 'integer')
    .addColumn('login', 'text')
    .addColumn('grant_id', 'text')
    .addColumn('client_id', 'text')
    .addColumn('api', 'text')
    .addColumn('address', 'text')
    .addColumn('request_id', 'text')
    .addColumn('detail', 'text', required)
    .execute()
  await db.schema.createIndex('audit_event_at').on('audit_event').columns(['at', 'id']).execute()
  await db.schema.createIndex('audit_event_user').on('audit_event').columns(['database', 'uid', 'at']).execute()
}
