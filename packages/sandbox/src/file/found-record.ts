import { checkFields } from '../access/check-fields.ts'
import { checkRecords } from '../access/check-records.ts'
import { mayReadAttachment } from '../addons/ir/attachment-rights.ts'
import type { Orm } from '../engine/contract.ts'
import { accessError, missingError, userError } from '../fault/odoo-fault.ts'
import { externalIdNamed } from '../orm/external-ids.ts'
import type { Model } from '../schema/model.ts'
import { isSameText } from './same-text.ts'

/** Where a file is, as a URL tells it. `id` counts unless there is an `xmlid`. */
export type FilePlace = {
  readonly xmlid: string | undefined
  readonly model: string
  readonly id: number | undefined
  readonly field: string
  readonly accessToken: string | undefined
}

/** A record with a file, and the rights with which it may be read. */
export type FoundRecord = { readonly orm: Orm; readonly model: Model; readonly id: number }

const ATTACHMENT = 'ir.attachment'

/**
 * The record of a file, if the user may read it: an attachment also when it is public or the token is its own (odoo 18.0
 * ir_binary.py, _find_record). Refuses with one of `odoo.exceptions`.
 */
export function findRecord(orm: Orm, place: FilePlace): FoundRecord {
  const named = place.xmlid ? externalIdNamed(orm, place.xmlid) : undefined
  const { name, id } = place.xmlid
    ? { name: named?.model ?? '', id: named?.resId }
    : { name: place.model, id: place.id }
  const model = orm.engine.schema.models.get(name)
  if (model === undefined || id === undefined || !exists(orm, model, id)) throw missingError(name, [id], orm.uid)
  if (model.name === ATTACHMENT) return { orm: attachmentReader(orm, id, place.accessToken), model, id }
  checkRecords(orm, model, [id], 'read')
  return { orm, model, id }
}

/** The field, if it holds files and the user may see it. */
export function checkFileField({ orm, model }: FoundRecord, name: string): void {
  const field = model.fields.get(name)
  if (field?.type !== 'binary') throw userError(`Record has no field '${name}', or it holds no file.`)
  checkFields(orm, model, [field], 'read')
}

function attachmentReader(orm: Orm, id: number, token: string | undefined): Orm {
  const all = orm.asSuperuser()
  const record = all.values(ATTACHMENT, [id], ['access_token', 'public']).get(id)
  if (token) {
    if (!isSameText(record?.access_token, token)) throw accessError('Invalid access token')
    return all
  }
  if (record?.public) return all
  if (!orm.user().groups.has('base.group_portal')) {
    checkRecords(orm, orm.model(ATTACHMENT), [id], 'read')
    return orm
  }
  // Customers have no right on attachments, but see those of the records that they see.
  if (!mayReadAttachment(orm, id)) throw accessError('Sorry, you are not allowed to access this document.')
  return all
}

function exists(orm: Orm, model: Model, id: number): boolean {
  return orm.asSuperuser().values(model.name, [id], ['id']).has(id)
}
