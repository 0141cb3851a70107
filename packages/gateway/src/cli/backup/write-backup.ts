import { existsSync, renameSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { listSealingKeys } from '../../store/sealing-keys.ts'
import type { Store } from '../../store/store.ts'
import { listMigrations, readRows, TABLES_KEPT } from '../../store/table-rows.ts'
import type { Handle } from '../../store/tables.ts'
import { NEW_PRIVATE_FILE, unfinishedName } from '../private-file.ts'
import { BackupError, type BackupHead, type RowCounts } from './backup-lines.ts'

/** What a backup is made from. */
export type BackupSource = {
  readonly store: Store
  readonly madeAtMs: number
  /** The id of the master key, and its text where the backup is to hold it. */
  readonly master: { readonly id: string; readonly text?: string }
}

/**
 * Writes everything that the store holds at one moment into a file that only its owner can read, while gateways go on
 * working. The file is there when it is whole, or not at all.
 *
 * @param progress told how many rows are written
 * @throws BackupError when the file is there already, or cannot be written
 */
export async function writeBackup(
  file: string,
  { store, madeAtMs, master }: BackupSource,
  progress: (rows: number) => void,
): Promise<RowCounts> {
  if (existsSync(file)) throw new BackupError(`The file ${file} is there already: name another, or remove it first.`)
  const unfinished = unfinishedName(file)
  let isOurs = false
  const counts: Record<string, number> = {}

  async function* lines(handle: Handle): AsyncGenerator<string> {
    const keys = await listSealingKeys(handle)
    const head: BackupHead = {
      format: 'gatehouse-backup',
      version: 1,
      madeAtMs,
      migrations: [...(await listMigrations(handle))],
      masterKeyIds: [...new Set([master.id, ...keys.map(({ masterId }) => masterId)])],
      ...(master.text === undefined ? {} : { masterKey: master.text }),
    }
    yield `${JSON.stringify(head)}\n`
    let written = 0
    for (const table of TABLES_KEPT) {
      counts[table] = 0
      for await (const rows of readRows(handle, table)) {
        yield `${JSON.stringify({ table, rows })}\n`
        counts[table] += rows.length
        written += rows.length
        progress(written)
      }
    }
    yield `${JSON.stringify({ end: counts })}\n`
  }

  try {
    const { flags, mode } = NEW_PRIVATE_FILE
    await store.snapshot(async (handle) => {
      const opened = await open(unfinished, flags, mode)
      isOurs = true
      // The stream closes the file, however it ends.
      await pipeline(Readable.from(lines(handle)), createGzip(), opened.createWriteStream({ flush: true }))
    })
    renameSync(unfinished, file)
  } catch (cause) {
    if (isOurs) rmSync(unfinished, { force: true })
    const isOfFiles = cause instanceof Error && 'syscall' in cause
    if (!isOfFiles) throw cause
    throw new BackupError(`The file ${file} cannot be written: check its directory and the space on the disk.`, {
      cause,
    })
  }
  return counts
}
