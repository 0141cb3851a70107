import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { listAuditEvents } from './audit-events.ts'
import { findGrant, insertGrant } from './grants.ts'
import { StoreOpenError } from './open-error.ts'
import { openStore } from './store.ts'
import { sampleGrant } from './testing/records.ts'
import { openTemporaryStore, temporaryDirectory } from './testing/temporary-store.ts'

const ADD_AUDIT_EVENTS = fileURLToPath(new URL('./testing/add-audit-events.ts', import.meta.url))

describe('opening', () => {
  test('makes a file that nobody else can read, in a directory that nobody else can enter', async () => {
    using directory = temporaryDirectory()
    const file = join(directory.path, 'data', 'gatehouse.db')
    const store = await openStore({ at: { file } })
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
    const first = await openStore({ at: { file } })
    await insertGrant(first.db, sampleGrant())
    await first.close()
    const second = await openStore({ at: { file } })
    expect(await findGrant(second.db, 'gr_sample')).toEqual(sampleGrant())
    await second.close()
  })

  test('processes that open and write one new store at once all succeed', { timeout: 30_000 }, async () => {
    using directory = temporaryDirectory()
    const file = join(directory.path, 'gatehouse.db')
    const names = ['a', 'b', 'c']
    await Promise.all(names.map((name) => promisify(execFile)(process.execPath, [ADD_AUDIT_EVENTS, file, name, '100'])))
    const store = await openStore({ at: { file } })
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
      says: /damaged or is no store of Gatehouse: move it away and restore a backup/,
    },
    {
      name: 'a store that lost its end',
      prepare: async (directory) => {
        const file = join(directory, 'gatehouse.db')
        await (await openStore({ at: { file } })).close()
        truncateSync(file, 4096)
        return file
      },
      says: /damaged or is no store of Gatehouse: move it away and restore a backup/,
    },
    {
      name: 'a store with a migration that this version does not have',
      prepare: async (directory) => {
        const file = join(directory, 'gatehouse.db')
        const store = await openStore({ at: { file } })
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
    const refusal = await openStore({ at: { file } }).catch((error: unknown) => error)
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
    await expect(openStore({ at: { file } })).rejects.toThrow(StoreOpenError)
    expect(readFileSync(file, 'utf8')).toBe(text)
  })
})
