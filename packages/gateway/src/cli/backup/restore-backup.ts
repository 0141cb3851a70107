import { GatehouseError } from '../../kernel/error.ts'
import { isSerializationFailure } from '../../store/dialect/store-away.ts'
import type { Store } from '../../store/store.ts'
import { countRowsOfUsers, emptyTables, insertRows, listMigrations } from '../../store/table-rows.ts'
import type { Handle } from '../../store/tables.ts'
import { refuseOtherMasterKey } from '../../tokens/master-key-check.ts'
import type { Sealer } from '../../tokens/sealer.ts'
import { BackupError, type BackupHead, type RowCounts, readBackup } from './backup-lines.ts'

/** A backup that was read from its head to its end. */
export type VerifiedBackup = { readonly file: string; readonly head: BackupHead; readonly counts: RowCounts }

/**
 * Reads a backup to its end, and changes nothing.
 *
 * @throws BackupError for a file that is none, or not all of one
 */
export async function verifyBackup(file: string): Promise<VerifiedBackup> {
  let found: BackupHead | undefined
  const counts = await readBackup(file, {
    head: async (head) => {
      found = head
    },
    batch: async () => undefined,
  })
  if (found === undefined) throw new TypeError('A backup that was read to its end has a head.')
  return { file, head: found, counts }
}

/** How a backup is put into a store. */
export type Restore = {
  readonly store: Store
  readonly master: Sealer
  /** Throw away what the store holds. */
  readonly replace: boolean
  /** Part of the same transaction. */
  readonly also: (tx: Handle) => Promise<void>
}

/**
 * Makes the store hold what the backup holds: all of it or nothing.
 *
 * @param progress told how many rows are written
 * @throws BackupError when the store holds something and is not to be replaced, or its tables are of another version
 * @throws MasterKeyMismatchError when what the backup holds does not open with the master key
 */
export async function restoreBackup(
  { file, head }: VerifiedBackup,
  { store, master, replace, also }: Restore,
  progress: (rows: number) => void,
): Promise<void> {
  const migrations = await listMigrations(store.db)
  if (migrations.join() !== head.migrations.join()) {
    throw new BackupError(
      `${file} was made with other tables (${head.migrations.at(-1) ?? 'none'}; here ${migrations.at(-1) ?? 'none'}): restore it with the version of Gatehouse that made it, then upgrade.`,
    )
  }
  await store.transaction(async (tx) => {
    const held = await countRowsOfUsers(tx)
    if (!replace && held.size > 0) {
      const what = [...held].map(([table, rows]) => `${table}: ${rows}`).join(', ')
      throw new BackupError(`The store is not empty (${what}): say --replace to throw away what it holds.`)
    }
    await emptyTables(tx)
    let written = 0
    await readBackup(file, {
      head: async () => undefined,
      batch: async ({ table, rows }) => {
        await insertRows(tx, table, rows).catch((cause: unknown) => {
          throw explainRefusedRows(file, table, cause)
        })
        written += rows.length
        progress(written)
      },
    })
    // Whatever the head says: what opens the rows themselves decides.
    await refuseOtherMasterKey(tx, master)
    await also(tx)
  })
}

/** What the engine says of rows that it does not take: a column too many, a row twice, one that refers to nothing. */
function explainRefusedRows(file: string, table: string, cause: unknown): unknown {
  // The store that is away, and transactions that met another, are no matter of the file.
  if (cause instanceof GatehouseError || isSerializationFailure(cause)) return cause
  return new BackupError(`${file} holds rows that the table ${table} does not take: nothing was changed.`, { cause })
}
