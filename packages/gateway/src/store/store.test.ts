import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { GatehouseError } from '../kernel/error.ts'
import { listAuditEvents } from './audit-events.ts'
import { findGrant, insertGrant } from './grants.ts'
import { StoreOpenError } from './open-error.ts'
import { findRefreshToken, insertRefreshToken } from './refresh-tokens.ts'
import { openStore } from './store.ts'
import { sampleGrant, sampleRefreshToken } from './testing/records.ts'
import { openTemporaryStore, temporaryDirectory } from './testing/temporary-store.ts'

const ADD_AUDIT_EVENTS = fileURLToPath(new URL('./testing/add-audit-events.ts', import.meta.url))

describe('opening', () => {
  test('makes a file that nobody else can read, in a directory that nobody else can enter', async () => {
    using directory = temporaryDirectory()
    const file = join(directory.path, 'data', 'gatehouse.db')
    const store = await openStore({ file })
    await insertGrant(store.db, sampleGrant())
    expect(statSync(join(directory.path, 'data')).mode & 0o777).toBe(0o700)
    for (const part of [file, `${file}-wal`, `${file}-shm`]) expect(statSync(part).mode & 0o777).toBe(0o600)
    await store.close()
  })

  test('sets what durability and integrity stand on', async () => {
    await using temporary = await openTemporaryStore()
    const pragma = async (name: string) => {
      const { rows } = await sql<Record<string, unknown>>`pragma ${sql.raw(name)}`.execute(temporary.store.db)
      return Object.values(rows[0] ?? {})[0]
    }
    expect(await pragma('journal_mode')).toBe('wal')
    expect(await pragma('synchronous')).toBe(2)
    expect(await pragma('foreign_keys')).toBe(1)
    expect(await pragma('busy_timeout')).toBe(5000)
  })

  test('finds everything again in a store that was closed', async () => {
    using directory = temporaryDirectory()
    const file = join(directory.path, 'gatehouse.db')
    const first = await openStore({ file })
    await insertGrant(first.db, sampleGrant())
    await first.close()
    const second = await openStore({ file })
    expect(await findGrant(second.db, 'gr_sample')).toEqual(sampleGrant())
    await second.close()
  })

  test('processes that open and write one new store at once all succeed', { timeout: 30_000 }, async () => {
    using directory = temporaryDirectory()
    const file = join(directory.path, 'gatehouse.db')
    const names = ['a', 'b', 'c']
    await Promise.all(names.map((name) => promisify(execFile)(process.execPath, [ADD_AUDIT_EVENTS, file, name, '100'])))
    const store = await openStore({ file })
    const events = await listAuditEvents(store.db, 1000)
    await store.close()
    expect(events.map((event) => event.id).sort()).toEqual(
      names.flatMap((name) => Array.from({ length: 100 }, (_, number) => `${name}-${number}`)).sort(),
    )
  })
})

describe('refuses to open, and says what to do', () => {
  const cases: readonly {
    readonly name: string
    prepare(directory: string): string | Promise<string>
    readonly says: RegExp
  }[] = [
    {
      name: 'a data directory that is a file',
      prepare: (directory) => {
        writeFileSync(join(directory, 'data'), '')
        return join(directory, 'data', 'gatehouse.db')
      },
      says: /cannot be made: set GATEHOUSE_DATA to a directory/,
    },
    {
      name: 'a store that is a directory',
      prepare: (directory) => {
        mkdirSync(join(directory, 'gatehouse.db'))
        return join(directory, 'gatehouse.db')
      },
      says: /cannot be made: set GATEHOUSE_DATA to a directory/,
    },
    {
      name: 'a file that is no database',
      prepare: (directory) => {
        writeFileSync(join(directory, 'gatehouse.db'), 'Dear diary, '.repeat(1000))
        return join(directory, 'gatehouse.db')
      },
      says: /damaged or is no store of Gatehouse: restore it from a backup/,
    },
    {
      name: 'a store that lost its end',
      prepare: async (directory) => {
        const file = join(directory, 'gatehouse.db')
        await (await openStore({ file })).close()
        truncateSync(file, 4096)
        return file
      },
      says: /damaged or is no store of Gatehouse: restore it from a backup/,
    },
    {
      name: 'a store with a migration that this version does not have',
      prepare: async (directory) => {
        const file = join(directory, 'gatehouse.db')
        const store = await openStore({ file })
        await sql`insert into kysely_migration (name, timestamp) values ('9999-later', '2030-01-01')`.execute(store.db)
        await store.close()
        return file
      },
      says: /written by a newer version of Gatehouse: start that version/,
    },
  ]

  test.each(cases)('$name', async ({ prepare, says }) => {
    using directory = temporaryDirectory()
    const file = await prepare(directory.path)
    const refusal = await openStore({ file }).catch((error: unknown) => error)
    if (!(refusal instanceof StoreOpenError)) throw new Error('The store was opened.', { cause: refusal })
    expect(refusal.message).toMatch(says)
    expect(refusal.message).toContain(file)
    expect(refusal.message).not.toContain('\n')
  })

  test('and leaves a file that is no store as it was', async () => {
    using directory = temporaryDirectory()
    const file = join(directory.path, 'gatehouse.db')
    const text = 'Dear diary, '.repeat(1000)
    writeFileSync(file, text)
    await expect(openStore({ file })).rejects.toThrow(StoreOpenError)
    expect(readFileSync(file, 'utf8')).toBe(text)
  })
})

describe('transactions', () => {
  test('leave nothing behind when they fail', async () => {
    await using temporary = await openTemporaryStore()
    const failing = temporary.store.transaction(async (tx) => {
      await insertGrant(tx, sampleGrant())
      throw new Error('changed its mind')
    })
    await expect(failing).rejects.toThrow('changed its mind')
    expect(await findGrant(temporary.store.db, 'gr_sample')).toBeUndefined()
  })

  test('run one after the other, however many begin at once', async () => {
    await using temporary = await openTemporaryStore()
    const { store } = temporary
    await store.db.insertInto('node_setting').values({ key: 'counter', value: '0' }).execute()
    await Promise.all(
      Array.from({ length: 50 }, () =>
        store.transaction(async (tx) => {
          const row = await tx.selectFrom('node_setting').select('value').executeTakeFirstOrThrow()
          await setImmediate()
          await tx
            .updateTable('node_setting')
            .set({ value: String(Number(row.value) + 1) })
            .execute()
        }),
      ),
    )
    const row = await store.db.selectFrom('node_setting').select('value').executeTakeFirstOrThrow()
    expect(row.value).toBe('50')
  })

  test('refuse a token whose grant is not there', async () => {
    await using temporary = await openTemporaryStore()
    await expect(insertRefreshToken(temporary.store.db, sampleRefreshToken())).rejects.toThrow(/FOREIGN KEY/)
  })
})

describe('the check', () => {
  test('passes while the store answers', async () => {
    await using temporary = await openTemporaryStore()
    await expect(temporary.store.check()).resolves.toBeUndefined()
  })

  test('answers store.unavailable when it does not', async () => {
    await using temporary = await openTemporaryStore()
    await temporary.store.close()
    const refusal = await temporary.store.check().catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(GatehouseError)
    expect(refusal).toMatchObject({ code: 'store.unavailable', status: 503, data: { retryAfterSeconds: 5 } })
  })
})

describe('closing', () => {
  test('waits for all that was asked before', async () => {
    using directory = temporaryDirectory()
    const file = join(directory.path, 'gatehouse.db')
    const store = await openStore({ file })
    const asked = [
      store.transaction(async (tx) => {
        await insertGrant(tx, sampleGrant({ id: 'gr_1' }))
        await setImmediate()
        await insertRefreshToken(tx, sampleRefreshToken({ grantId: 'gr_1' }))
      }),
      insertGrant(store.db, sampleGrant({ id: 'gr_2' })),
      store.transaction((tx) => insertGrant(tx, sampleGrant({ id: 'gr_3' }))),
    ]
    await store.close()
    await Promise.all(asked)
    const again = await openStore({ file })
    for (const id of ['gr_1', 'gr_2', 'gr_3']) expect(await findGrant(again.db, id)).toBeDefined()
    expect(await findRefreshToken(again.db, sampleRefreshToken().hash)).toBeDefined()
    await again.close()
  })

  test('waits at whatever moment it comes', async () => {
    for (let moment = 0; moment < 40; moment += 1) {
      await using temporary = await openTemporaryStore()
      const { store } = temporary
      const asked = Promise.all([
        store.transaction((tx) => insertGrant(tx, sampleGrant({ id: 'gr_1' }))),
        insertGrant(store.db, sampleGrant({ id: 'gr_2' })),
      ])
      for (let step = 0; step < moment; step += 1) await undefined
      await store.close()
      await expect(asked).resolves.toBeDefined()
    }
  })

  test('refuses what is asked later, and does nothing the second time', async () => {
    await using temporary = await openTemporaryStore()
    const { store } = temporary
    await store.close()
    await expect(store.close()).resolves.toBeUndefined()
    await expect(insertGrant(store.db, sampleGrant())).rejects.toThrow()
    await expect(store.transaction(async () => 'done')).rejects.toThrow()
  })
})
