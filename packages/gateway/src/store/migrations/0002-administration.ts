import type { ColumnDefinitionBuilder, Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

const required = (column: ColumnDefinitionBuilder) => column.notNull()
const key = (column: ColumnDefinitionBuilder) => column.notNull().primaryKey()

/**
 * What an administrator holds: stored APIs, the vault, keys and clients in full, owners; and what sign-ins remember:
 * second factors under way, trusted devices, addresses that are known to be good.
 */
export const administration: Migration = {
  async up(db) {
    await createRevisions(db)
    await createSealingKeys(db)
    await createPolicy(db)
    await createVault(db)
    await widenKeysAndClients(db)
    await createSecondFactors(db)
    await createOwners(db)
    await db.schema.createIndex('audit_event_kind').on('audit_event').columns(['kind', 'at', 'id']).execute()
    await db.schema.createIndex('audit_event_login').on('audit_event').columns(['login', 'database', 'uid']).execute()
  },
}

/** One row a topic: nodes and commands that change something count it up, and everybody else looks at the number. */
async function createRevisions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('topic_revision')
    .addColumn('topic', 'text', key)
    .addColumn('revision', 'bigint', required)
    .execute()
}

/** Keys that seal, each sealed under a master key: under two while the master key is changed. */
async function createSealingKeys(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('sealing_key')
    .addColumn('id', 'text', required)
    .addColumn('master_id', 'text', required)
    .addColumn('sealed_key', 'text', required)
    .addColumn('created_at', 'bigint', required)
    .addColumn('active_at', 'bigint', required)
    .addPrimaryKeyConstraint('sealing_key_under_master', ['id', 'master_id'])
    .execute()
}

async function createPolicy(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('api')
    .addColumn('database', 'text', required)
    .addColumn('name', 'text', required)
    .addColumn('document', 'text', required)
    .addColumn('revision', 'bigint', required)
    .addColumn('updated_at', 'bigint', required)
    .addColumn('updated_by', 'text', required)
    .addPrimaryKeyConstraint('api_key_of_database', ['database', 'name'])
    .execute()
}

async function createVault(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('odoo_credential')
    .addColumn('id', 'text', key)
    .addColumn('database', 'text', required)
    .addColumn('uid', 'integer', required)
    .addColumn('login', 'text', required)
    .addColumn('kind', 'text', required)
    .addColumn('sealed_secret', 'text')
    .addColumn('odoo_session_id', 'text', (column) => column.references('odoo_session.id').onDelete('set null'))
    .addColumn('created_at', 'bigint', required)
    .addColumn('checked_at', 'bigint', required)
    .addColumn('failed_at', 'bigint')
    .execute()
  await db.schema.createIndex('odoo_credential_user').on('odoo_credential').columns(['database', 'login']).execute()
  await db.schema.createIndex('odoo_credential_session').on('odoo_credential').column('odoo_session_id').execute()
  await db.schema.alterTable('grant').addColumn('odoo_credential_id', 'text').execute()
}

async function widenKeysAndClients(db: Kysely<unknown>): Promise<void> {
  for (const table of ['api_key', 'client']) {
    await db.schema.alterTable(table).addColumn('odoo_credential_id', 'text').execute()
    await db.schema
      .alterTable(table)
      .addColumn('addresses', 'text', (c) => c.notNull().defaultTo('[]'))
      .execute()
    await db.schema.alterTable(table).addColumn('last_used_at', 'bigint').execute()
    await db.schema
      .alterTable(table)
      .addColumn('for_sandbox', 'integer', (c) => c.notNull().defaultTo(0))
      .execute()
  }
  await db.schema.createIndex('grant_newest').on('grant').columns(['created_at', 'id']).execute()
  await db.schema.alterTable('api_key').addColumn('uid', 'integer').execute()
  await db.schema.alterTable('api_key').addColumn('grant_id', 'text').execute()
  await db.schema.alterTable('api_key').addColumn('last_used_address', 'text').execute()
  await db.schema.alterTable('signing_key').addColumn('database', 'text').execute()
  await db.schema.alterTable('signing_key').addColumn('api', 'text').execute()
  await db.schema.createIndex('api_key_prefix').on('api_key').column('prefix').execute()
  await db.schema
    .alterTable('client')
    .addColumn('scopes', 'text', (c) => c.notNull().defaultTo('[]'))
    .execute()
  await db.schema.alterTable('client').addColumn('previous_secret_hash', 'text').execute()
  await db.schema.alterTable('client').addColumn('previous_secret_until', 'bigint').execute()
  await db.schema.alterTable('client').addColumn('secret_changed_at', 'bigint').execute()
}

async function createSecondFactors(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('mfa_challenge')
    .addColumn('hash', 'text', key)
    .addColumn('database', 'text', required)
    .addColumn('login', 'text', required)
    .addColumn('api', 'text', required)
    .addColumn('surface', 'text', required)
    .addColumn('sealed', 'text', required)
    .addColumn('tries', 'integer', required)
    .addColumn('created_at', 'bigint', required)
    .addColumn('expires_at', 'bigint', required)
    .addColumn('used_at', 'bigint')
    .execute()
  await db.schema.createIndex('mfa_challenge_expiry').on('mfa_challenge').column('expires_at').execute()
  await db.schema
    .createTable('trusted_device')
    .addColumn('hash', 'text', key)
    .addColumn('database', 'text', required)
    .addColumn('uid', 'integer', required)
    .addColumn('login', 'text', required)
    .addColumn('sealed', 'text', required)
    .addColumn('created_at', 'bigint', required)
    .addColumn('expires_at', 'bigint', required)
    .execute()
  await db.schema.createIndex('trusted_device_user').on('trusted_device').columns(['database', 'uid']).execute()
  await db.schema.createIndex('trusted_device_expiry').on('trusted_device').column('expires_at').execute()
  await db.schema
    .createTable('known_address')
    .addColumn('database', 'text', required)
    .addColumn('login', 'text', required)
    .addColumn('address', 'text', required)
    .addColumn('succeeded_at', 'bigint', required)
    .addPrimaryKeyConstraint('known_address_key', ['database', 'login', 'address'])
    .execute()
  await db.schema.createIndex('known_address_age').on('known_address').column('succeeded_at').execute()
}

async function createOwners(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('owner')
    .addColumn('id', 'text', key)
    .addColumn('name', 'text', (column) => column.notNull().unique())
    .addColumn('created_at', 'bigint', required)
    .execute()
  await db.schema
    .createTable('owner_token')
    .addColumn('hash', 'text', key)
    .addColumn('kind', 'text', required)
    .addColumn('owner_id', 'text', (column) => column.notNull().references('owner.id').onDelete('cascade'))
    .addColumn('created_at', 'bigint', required)
    .addColumn('expires_at', 'bigint', required)
    .addColumn('used_at', 'bigint')
    .execute()
  await db.schema.createIndex('owner_token_expiry').on('owner_token').column('expires_at').execute()
  await db.schema.createIndex('owner_token_owner').on('owner_token').column('owner_id').execute()
}
