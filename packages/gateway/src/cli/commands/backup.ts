import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { recordChange } from '../../administration/record-change.ts'
import type { Settings } from '../../config/settings.ts'
import { systemClock } from '../../kernel/clock.ts'
import { systemRandom } from '../../kernel/random.ts'
import { listRunningNodes, removeHeartbeats } from '../../store/node-heartbeats.ts'
import { openStore, type Store } from '../../store/store.ts'
import { createSealer, deriveMasterKey, type Sealer } from '../../tokens/sealer.ts'
import { BackupError, type BackupHead, type RowCounts } from '../backup/backup-lines.ts'
import { restoreBackup, verifyBackup } from '../backup/restore-backup.ts'
import { writeBackup } from '../backup/write-backup.ts'
import { type AddCommands, BY, CommandError } from '../command-line/frame.ts'
import { openProgress } from '../command-line/progress.ts'
import { timeText } from '../command-line/table.ts'
import { holdDataDirectory } from '../data-directory.ts'
import { masterKey, masterKeyFile, replaceMasterKeyFile } from '../master-key.ts'
import { storePlace } from '../open-installation.ts'
import { readSettings } from '../read-settings.ts'

const clock = systemClock
const random = systemRandom

/** `backup` and `restore`: everything that an installation remembers, in one file. */
export const addBackupCommands: AddCommands = (program, frame) => {
  program
    .command('backup')
    .description('write everything that the store holds into one file, while gateways go on working')
    .argument('<file>', 'the file to write, such as gatehouse-2026-11-21.backup; it must not be there yet')
    .option('--with-master-key', 'put the master key into it: whoever has the file then has everything')
    .option('--json', 'answer JSON')
    .action((file: string, options: { withMasterKey?: boolean; json?: boolean }) =>
      frame.onNode(options, async ({ store, master, settings }) => {
        const text = options.withMasterKey ? masterKey(settings) : undefined
        const source = { id: master.keyId, ...(text === undefined ? {} : { text }) }
        const counts = await inSentences(() =>
          withProgress((say) => writeBackup(file, { store, madeAtMs: clock.nowMs(), master: source }, say)),
        )
        await recordChange(
          store.db,
          { subject: 'store', action: 'backed up', by: BY, name: basename(file) },
          { clock, random },
        )
        const key = { id: master.keyId, included: text !== undefined, keptIn: keyPlace(settings) }
        const advice = key.included
          ? 'The master key is in it: keep the file as you would keep every password of your Odoo.'
          : `It opens only with the master key ${key.id}, which is not in it: keep a copy of ${key.keptIn} in another place.`
        return {
          json: { file, rows: counts, masterKey: key },
          text: `${sum(counts)} rows written to ${file}.\n${advice}`,
        }
      }),
    )
  program
    .command('restore')
    .description('make the store hold what a backup holds: all of it or nothing')
    .argument('<file>', 'a file that `gatehouse backup` wrote, on SQLite or on PostgreSQL')
    .option('--check', 'read the file to its end and change nothing')
    .option('--replace', 'throw away what the store holds now')
    .option('--force', 'restore although gateways seem to run on the PostgreSQL')
    .option('--json', 'answer JSON')
    .action((file: string, options: { check?: boolean; replace?: boolean; force?: boolean; json?: boolean }) =>
      frame.alone(options, async () => {
        const settings = readSettings(frame.environment)
        const verified = await inSentences(() => verifyBackup(file))
        const { head, counts } = verified
        const made = timeText(head.madeAtMs)
        const json = { file, madeAtMs: head.madeAtMs, rows: counts, masterKeyIds: head.masterKeyIds }
        if (options.check) {
          return { json, text: `${file} is whole: ${sum(counts)} rows of ${made} UTC, master key ${idsOf(head)}.` }
        }
        await inSentences(() =>
          restore(verified, { settings, replace: options.replace ?? false, force: options.force ?? false }),
        )
        return { json, text: `${sum(counts)} rows of ${made} UTC restored.\n${AFTERWARDS}` }
      }),
    )
}

const AFTERWARDS =
  'Start the gateway. Sign-ins that were made since the backup are gone, and refresh tokens that were used up since then are good once more.'

type Verified = Awaited<ReturnType<typeof verifyBackup>>

type RestoreOptions = { readonly settings: Settings; readonly replace: boolean; readonly force: boolean }

async function restore(verified: Verified, { settings, replace, force }: RestoreOptions) {
  const key = chooseMasterKey(verified.head, settings, replace)
  // A gateway that runs would overwrite what is restored, and not know of it.
  await using opened = new AsyncDisposableStack()
  if (settings.postgres === undefined) opened.adopt(holdDataDirectory(settings.data), (release) => release())
  const store = opened.adopt(await openStore({ at: storePlace(settings) }), (it) => it.close())
  if (settings.postgres !== undefined && !force) await requireNoNode(store)
  const change = { subject: 'store', action: 'restored', by: BY, name: basename(verified.file) } as const
  const also = async (tx: Parameters<typeof recordChange>[0]) => {
    await recordChange(tx, change, { clock, random })
    await removeHeartbeats(tx)
  }
  await withProgress((say) => restoreBackup(verified, { store, master: key.master, replace, also }, say))
  // Not before the store holds what it opens: were that refused, the key of what is there would be lost.
  if (key.write !== undefined) replaceMasterKeyFile(settings, key.write)
}

/** Gateways on a file are kept out by its lock; those on a PostgreSQL say themselves that they run. */
async function requireNoNode(store: Store): Promise<void> {
  const { length } = await listRunningNodes(store.db, clock.nowMs())
  if (length === 0) return
  throw new CommandError(
    `${length === 1 ? '1 gateway runs' : `${length} gateways run`} on this store: stop each, then try again (one that was killed counts for 90 seconds more), or say --force.`,
  )
}

/**
 * The master key to go on with: the one of the settings, else the file's, else the one in the backup.
 *
 * @throws CommandError for one that does not open the backup
 */
function chooseMasterKey(head: BackupHead, settings: Settings, replace: boolean): { master: Sealer; write?: string } {
  const file = masterKeyFile(settings)
  const kept = settings.secret ?? (existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined)
  const own = kept === undefined ? undefined : sealerOf(kept)
  if (own !== undefined && head.masterKeyIds.includes(own.keyId)) return { master: own }
  const mayWrite = settings.secret === undefined && (own === undefined || replace)
  if (head.masterKey !== undefined && mayWrite) return { master: sealerOf(head.masterKey), write: head.masterKey }
  const has = own === undefined ? 'there is none here' : `here it is ${own.keyId}`
  const where = settings.postgres === undefined ? `put its master key into ${file}, or set` : 'set'
  throw new CommandError(
    `The backup opens with the master key ${idsOf(head)}, and ${has}: ${where} GATEHOUSE_SECRET to it.`,
  )
}

function sealerOf(text: string): Sealer {
  return createSealer({ masterKey: deriveMasterKey(text), random })
}

function keyPlace(settings: Settings): string {
  return settings.secret === undefined ? masterKeyFile(settings) : 'GATEHOUSE_SECRET'
}

function idsOf({ masterKeyIds }: BackupHead): string {
  return masterKeyIds.join(' or ')
}

function sum(counts: RowCounts): number {
  return Object.values(counts).reduce((total, rows) => total + rows, 0)
}

async function withProgress<T>(work: (say: (rows: number) => void) => Promise<T>): Promise<T> {
  const progress = openProgress()
  progress.say('opening')
  try {
    return await work((rows) => progress.say(`${rows} rows`))
  } finally {
    progress.end()
  }
}

async function inSentences<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof BackupError) throw new CommandError(error.message, { cause: error })
    throw error
  }
}
