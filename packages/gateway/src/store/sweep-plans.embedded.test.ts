import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openTemporaryStore } from './testing/temporary-store.ts'

test.each([
  { table: 'grant', column: 'ended_at', index: 'grant_ended' },
  { table: 'odoo_session', column: 'ended_at', index: 'odoo_session_ended' },
  {
    table: 'refresh_token',
    column: 'grace_until',
    index: 'refresh_token_sealed',
    and: 'successor_sealed is not null',
  },
  { table: 'refresh_token', column: 'expires_at', index: 'refresh_token_unused', and: 'consumed_at is null' },
  { table: 'grant', column: 'expires_at', index: 'grant_live', and: 'ended_at is null' },
  { table: 'audit_event', column: 'at', index: 'audit_event_at' },
  {
    table: 'odoo_session',
    column: 'ended_at',
    index: 'odoo_session_to_log_out',
    and: 'sealed_session_id is not null',
  },
  { table: 'odoo_session', column: 'opened_at', index: 'odoo_session_open', and: 'ended_at is null' },
])('a sweep reads no table from end to end: $table by $column', async ({ table, column, index, and }) => {
  await using temporary = await openTemporaryStore()
  const { rows } = await sql<{ detail: string }>`
    explain query plan select 1 from ${sql.table(table)}
    where ${sql.raw(and ?? '1')} and ${sql.ref(column)} <= ${5} order by ${sql.ref(column)} limit ${10}
  `.execute(temporary.store.db)
  expect(rows.map((row) => row.detail).join('; ')).toMatch(new RegExp(`^SEARCH .* USING (COVERING )?INDEX ${index} `))
})
