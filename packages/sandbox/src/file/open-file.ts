import { createHash } from 'node:crypto'
import { filesOf } from '../addons/ir/attachment.ts'
import { byContent, endingOf, UNKNOWN_TYPE } from '../addons/ir/mime-type.ts'
import type { Values } from '../engine/contract.ts'
import { missingError } from '../fault/odoo-fault.ts'
import type { Field } from '../schema/field.ts'
import { checkFileField, type FoundRecord } from './found-record.ts'
import type { FileElsewhere, ServedFile } from './served-file.ts'
import { shippedFile } from './shipped-file.ts'

/** How a file is asked for. Parts that are missing or empty follow from the file. */
export type AskedFile = {
  readonly field: string
  readonly filename: string | undefined
  /** The field that names the file. */
  readonly filenameField: string
  readonly type: string | undefined
  /** The type of a content that says nothing about itself. */
  readonly defaultType: string
}

const ATTACHMENT = 'ir.attachment'

/** The file in a field of a record (odoo 18.0 ir_binary.py, _get_stream_from). Refuses with one of `odoo.exceptions`. */
export function openFile(found: FoundRecord, asked: AskedFile): ServedFile | FileElsewhere {
  const isAttachment = found.model.name === ATTACHMENT && ['raw', 'datas', 'db_datas'].includes(asked.field)
  if (!isAttachment) checkFileField(found, asked.field)
  const content = isAttachment ? attachmentContent(found) : fieldContent(found, asked.field)
  if ('url' in content) return content
  const type = asked.type || content.type || (content.bytes.length > 0 ? byContent(content.bytes) : asked.defaultType)
  return { ...content, type, name: fileName(found, asked, type, content.name) }
}

type Content = Omit<ServedFile, 'type' | 'name'> & { readonly type: string; readonly name: string }

function attachmentContent({ orm, id }: FoundRecord): Content | FileElsewhere {
  const all = orm.asSuperuser()
  const fields = ['name', 'mimetype', 'url', 'checksum', 'public', 'write_date']
  const row: Values = all.values(ATTACHMENT, [id], fields).get(id) ?? {}
  const kept = filesOf(all, [id]).get(id)
  const about = { type: textOf(row.mimetype), name: textOf(row.name), isPublic: row.public === true }
  if (kept !== undefined) {
    const bytes = Buffer.from(kept, 'base64')
    return { ...about, bytes, etag: textOf(row.checksum), modifiedMs: momentMs(row.write_date), isKept: true }
  }
  const url = textOf(row.url)
  if (url === '') return { ...about, bytes: Buffer.alloc(0), etag: undefined, modifiedMs: undefined, isKept: false }
  const shipped = shippedFile(url)
  return shipped === undefined ? { url } : { ...shipped, isPublic: true }
}

function fieldContent({ orm, model, id }: FoundRecord, name: string): Content {
  const all = orm.asSuperuser()
  const row: Values = all.values(model.name, [id], [name, 'write_date']).get(id) ?? {}
  const value = row[name]
  const field = model.fields.get(name)
  const isKept = field !== undefined && hasFile(orm.engine.version.files, field)
  if (isKept && typeof value !== 'string') throw missingError(ATTACHMENT, [], orm.uid)
  const bytes = Buffer.from(typeof value === 'string' ? value : '', 'base64')
  const etag = createHash('sha1').update(bytes).digest('hex')
  const isPublic = !isKept && orm.user().groups.has('base.group_public')
  return { bytes, type: '', name: '', etag, modifiedMs: momentMs(row.write_date), isPublic, isKept }
}

/** Odoo keeps the value of a stored binary field as an attachment, unless it says otherwise (see `addons/ir/field-files.ts`). */
function hasFile(facts: { readonly relatedHasFile: boolean }, field: Field): boolean {
  return field.store && !field.sortable && (facts.relatedHasFile || field.related === undefined)
}

function fileName({ orm, model, id }: FoundRecord, asked: AskedFile, type: string, ownName: string): string {
  const { filenameField } = asked
  const named = model.fields.has(filenameField)
    ? textOf(orm.asSuperuser().values(model.name, [id], [filenameField]).get(id)?.[filenameField])
    : ownName
  const name = (asked.filename || named || `${model.table}-${id}-${asked.field}`).replaceAll(/[\r\n]/g, '_')
  const hasEnding = /[^.].*\.\w+$/.test(name)
  return hasEnding || type === UNKNOWN_TYPE ? name : name + endingOf(type)
}

/** When a moment was that Odoo wrote. */
function momentMs(value: unknown): number | undefined {
  return typeof value === 'string' ? Date.parse(`${value.replace(' ', 'T')}Z`) : undefined
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
