import { describe, expect, test } from 'vitest'
import { hashSecret } from '../kernel/hash.ts'
import { insertAuditEvent } from './audit-events.ts'
import { TOPICS } from './changes.ts'
import { findGrant, insertGrant } from './grants.ts'
import { insertOdooSession } from './odoo-sessions.ts'
import { findRefreshToken, insertRefreshToken } from './refresh-tokens.ts'
import { countRowsOfUsers, emptyTables, insertRows, readRows, TABLES_KEPT, type TableRow } from './table-rows.ts'
import { sampleGrant, sampleOdooSession, sampleRefreshToken } from './testing/records.ts'
import { openTemporaryStore } from './testing/temporary-store.ts'

describe('the rows of a store', () => {
  test('are read at one moment, and read the same from another store that they were put into', async () => {
    await using from = await openTemporaryStore()
    await using to = await openTemporaryStore()
    await insertOdooSession(from.store.db, sampleOdooSession())
    await insertGrant(from.store.db, sampleGrant({ odooSessionId: 'os_sample' }))
    await insertRefreshToken(from.store.db, sampleRefreshToken())
    const copied = new Map<string, TableRow[]>()
    await from.store.snapshot(async (db) => {
      for (const table of TABLES_KEPT) {
        copied.set(table, [])
        for await (const rows of readRows(db, table)) copied.get(table)?.push(...rows)
      }
    })
    await to.store.transaction(async (tx) => {
      await emptyTables(tx)
      for (const table of TABLES_KEPT) await insertRows(tx, table, copied.get(table) ?? [])
    })
    expect(await findGrant(to.store.db, 'gr_sample')).toEqual(await findGrant(from.store.db, 'gr_sample'))
    expect(await findRefreshToken(to.store.db, hashSecret('sample'))).toBeDefined()
    expect([...(await countRowsOfUsers(to.store.db))]).toEqual([['grant', 1]])
  })

  test('come in pages, each row once', async () => {
    await using temporary = await openTemporaryStore()
    const { db } = temporary.store
    const ids = Array.from({ length: 1_203 }, (_, number) => `ev_${number}`)
    await temporary.store.transaction(async (tx) => {
      for (const id of ids) await insertAuditEvent(tx, { id, atMs: 1, kind: 'test', detail: {} })
    })
    const seen: unknown[] = []
    for await (const rows of readRows(db, 'audit_event')) seen.push(...rows.map(({ id }) => id))
    expect(seen.toSorted()).toEqual(ids.toSorted())
  })

  test('of a table with a longer key come in pages, too', async () => {
    await using temporary = await openTemporaryStore()
    const { db } = temporary.store
    const addresses = Array.from({ length: 601 }, (_, number) => `10.0.0.${number}`)
    for (const address of addresses) {
      await db
        .insertInto('known_address')
        .values({ database: 'demo', login: address.length > 8 ? 'a' : 'b', address, succeeded_at: 1 })
        .execute()
    }
    const seen: unknown[] = []
    for await (const rows of readRows(db, 'known_address')) seen.push(...rows.map(({ address }) => address))
    expect(seen.toSorted()).toEqual(addresses.toSorted())
  })

  test('that are removed have every node look anew', async () => {
    await using temporary = await openTemporaryStore()
    await insertGrant(temporary.store.db, sampleGrant())
    await temporary.store.transaction(emptyTables)
    const topics = await temporary.store.db.selectFrom('topic_revision').selectAll().execute()
    expect(topics.map(({ topic }) => topic).toSorted()).toEqual([...TOPICS].toSorted())
    expect(await countRowsOfUsers(temporary.store.db)).toEqual(new Map())
  })
})

test('a store that is well has no damages, and says what it is', async () => {
  await using temporary = await openTemporaryStore()
  const health = await temporary.store.examine()
  expect(health).toMatchObject({ engine: expect.stringMatching(/SQLite|PostgreSQL/), damages: [] })
  expect(health.bytes).toBeGreaterThan(1_000)
})
