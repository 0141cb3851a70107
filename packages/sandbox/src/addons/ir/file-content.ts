import { createHash } from 'node:crypto'
import type { Engine, Values } from '../../engine/contract.ts'
import { OdooFault } from '../../fault/odoo-fault.ts'
import { listOf, type SqlValue, sql } from '../../sql/sql-text.ts'
import { pythonText } from '../../value/python-text.ts'

/** What a file's content says about itself: the columns of an attachment that follow from it. */
export type ContentColumns = {
  readonly checksum: string
  readonly file_size: number
  readonly index_content: string | null
  /** Where the content is kept: `aa/aaf4c61d…`; the same for the same content. */
  readonly store_fname: string
}

/** The content that values of an attachment bring: `raw` is text or its bytes, `datas` is base64. */
export function contentOf(values: Values): Buffer | undefined {
  if (values.raw) return Buffer.from(pythonText(values.raw), 'utf8')
  return values.datas ? fromBase64(pythonText(values.datas)) : undefined
}

/** Reads base64 as Python does: other characters are skipped, but what is left has to be whole. */
function fromBase64(text: string): Buffer {
  const digits = text.replaceAll(/[^A-Za-z0-9+/=]/g, '')
  if (digits.length % 4 !== 0) throw new OdooFault('binascii.Error', 'Incorrect padding')
  return Buffer.from(digits, 'base64')
}

/** Works the columns out (odoo 18.0 ir_attachment.py, _get_datas_related_values). */
export function contentColumns(content: Buffer, mimetype: string): ContentColumns {
  const checksum = createHash('sha1').update(content).digest('hex')
  return {
    checksum,
    file_size: content.length,
    index_content: mimetype.startsWith('text/') ? wordsOf(content) : null,
    store_fname: `${checksum.slice(0, 2)}/${checksum}`,
  }
}

/** The runs of at least four printable characters, one a line: what a search looks into. */
function wordsOf(content: Buffer): string {
  return (content.toString('latin1').match(/[\x20-\x7e]{4,}/g) ?? []).join('\n')
}

/** Keeps a content under its name. */
export function keepFile(engine: Engine, name: string, content: Buffer): void {
  engine.db.run(sql`INSERT OR IGNORE INTO sandbox_file VALUES (${name}, ${content.toString('base64')})`)
}

/** Contents as base64 by their names. */
export function readFiles(engine: Engine, names: readonly SqlValue[]): Map<SqlValue, string> {
  const rows = engine.db.all(sql`SELECT name, content FROM sandbox_file WHERE name IN ${listOf(names)}`)
  return new Map(rows.map((row) => [row.name ?? null, String(row.content)]))
}

/** Forgets the contents that no other attachment than these has. */
export function dropFiles(engine: Engine, attachments: readonly number[]): void {
  engine.db.run(sql`
    DELETE FROM sandbox_file
    WHERE name IN (SELECT store_fname FROM ir_attachment WHERE id IN ${listOf(attachments)})
    AND name NOT IN (SELECT store_fname FROM ir_attachment
      WHERE store_fname IS NOT NULL AND id NOT IN ${listOf(attachments)})`)
}
