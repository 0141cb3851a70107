import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { insertAuditEvent } from './audit-events.ts'
import { StoreOpenError } from './open-error.ts'
import { openStore } from './store.ts'
import { readRows } from './table-rows.ts'
import type { Handle } from './tables.ts'

/** Pages of SQLite as it makes them. Bytes. */
const PAGE = 4096

/** Overwrites every page that holds this text. */
function damagePagesWith(file: string, text: string): void {
  const content = readFileSync(file)
  const descriptor = openSync(file, 'r+')
  for (let at = 0; at < content.length; at += PAGE) {
    if (content.subarray(at, at + PAGE).includes(text)) writeSync(descriptor, Buffer.alloc(PAGE, 0x5a), 0, PAGE, at)
  }
  closeSync(descriptor)
}

async function readAll(handle: Handle): Promise<void> {
  for await (const rows of readRows(handle, 'audit_event')) expect(rows.length).toBeGreaterThan(0)
}

test('a store with a damaged part opens, and says so in a sentence when that part is read', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'gatehouse-damaged-'))
  try {
    const file = join(directory, 'gatehouse.db')
    const made = await openStore({ at: { file } })
    for (let number = 0; number < 200; number += 1) {
      await insertAuditEvent(made.db, { id: `event-${number}`, atMs: number, kind: 'test', detail: { mark: 'MARKED' } })
    }
    await made.close()
    damagePagesWith(file, 'MARKED')

    const store = await openStore({ at: { file } })
    try {
      const says = new RegExp(`^The store ${file} is damaged .*restore a backup`)
      await expect(readAll(store.db)).rejects.toThrow(StoreOpenError)
      await expect(store.snapshot(readAll)).rejects.toThrow(says)
      await expect(store.examine()).rejects.toThrow(says)
    } finally {
      await store.close()
    }
  } finally {
    await rm(directory, { recursive: true })
  }
})
