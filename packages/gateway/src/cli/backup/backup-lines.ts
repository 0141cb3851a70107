import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { z } from 'zod'
import { TABLES_KEPT, type TableName, type TableRow } from '../../store/table-rows.ts'

/*
 * A backup is lines of JSON, packed with gzip: a head, batches of rows of one table each, and an end that says how many
 * there were. It is the same for both engines, so that what one held can be put into the other.
 */

/** The first line. */
export const BackupHead = z.strictObject({
  format: z.literal('gatehouse-backup'),
  version: z.literal(1),
  madeAtMs: z.number().int(),
  /** Only a store whose tables were made by the same migrations can take it. */
  migrations: z.array(z.string()),
  /** The master keys that open what is sealed in it. */
  masterKeyIds: z.array(z.string()),
  /** The master key itself, where it was asked for. */
  masterKey: z.string().optional(),
})

/** The first line of a backup. */
export type BackupHead = z.infer<typeof BackupHead>

const Batch = z.strictObject({
  table: z.enum(TABLES_KEPT as [TableName, ...TableName[]]),
  rows: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))),
})

const End = z.strictObject({ end: z.record(z.string(), z.number().int()) })

/** Rows of one table. */
export type BackupBatch = { readonly table: TableName; readonly rows: readonly TableRow[] }

/** How many rows of each table. */
export type RowCounts = { readonly [table: string]: number }

/** Thrown for a file that is no backup, or not all of one. One sentence for people. */
export class BackupError extends Error {
  override readonly name = 'BackupError'
}

/** The longest line: a batch of some hundred rows, of which an API may have a long document. Characters. */
const LINE_LENGTH_MAX = 512 * 1_048_576

/**
 * Reads a backup from its head to its end, and hands over one batch of rows after the other.
 *
 * @throws BackupError for a file that is none, that is damaged, or whose end is missing
 */
export async function readBackup(
  file: string,
  take: { head(head: BackupHead): Promise<void>; batch(batch: BackupBatch): Promise<void> },
): Promise<RowCounts> {
  const counts: Record<string, number> = {}
  let stage: 'head' | 'rows' | 'over' = 'head'

  async function takeLine(line: string): Promise<void> {
    if (stage === 'over') throw new BackupError(`${file} goes on behind its end: it was put together from two.`)
    const value = parseLine(file, line)
    if (stage === 'head') {
      const head = BackupHead.safeParse(value)
      if (!head.success) throw new BackupError(`${file} is no backup of Gatehouse, or one of a newer version.`)
      await take.head(head.data)
      stage = 'rows'
      return
    }
    const batch = Batch.safeParse(value)
    if (batch.success) {
      counts[batch.data.table] = (counts[batch.data.table] ?? 0) + batch.data.rows.length
      await take.batch(batch.data)
      return
    }
    const told = End.safeParse(value)
    const agrees = told.success && Object.entries(told.data.end).every(([table, rows]) => (counts[table] ?? 0) === rows)
    if (!agrees) throw new BackupError(`${file} is damaged: it does not hold the rows that its end tells of.`)
    stage = 'over'
  }

  try {
    await pipeline(createReadStream(file), createGunzip(), async (chunks) => {
      for await (const line of linesOf(chunks)) await takeLine(line)
    })
  } catch (error) {
    throw explain(file, error)
  }
  // The compiler does not see that `takeLine` moves on.
  if ((stage as string) !== 'over') throw new BackupError(`${file} is cut off: its end is missing.`)
  return counts
}

async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let rest = ''
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > LINE_LENGTH_MAX) throw new BackupError('A line of the backup is too long.')
    yield* lines
  }
  if (rest !== '') yield rest
}

function parseLine(file: string, line: string): unknown {
  try {
    return JSON.parse(line)
  } catch (cause) {
    throw new BackupError(`${file} is no backup of Gatehouse, or is damaged.`, { cause })
  }
}

function explain(file: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (code === 'ENOENT') return new BackupError(`There is no file ${file}: check its path.`, { cause: error })
  if (code === 'EACCES' || code === 'EISDIR') {
    return new BackupError(`The file ${file} cannot be read: check its path and its rights.`, { cause: error })
  }
  if (code === 'Z_BUF_ERROR') return new BackupError(`${file} is cut off: its end is missing.`, { cause: error })
  if (code.startsWith('Z_') || code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
    return new BackupError(`${file} is no backup of Gatehouse, or is damaged.`, { cause: error })
  }
  return error
}
