import { checkFields } from '../../access/check-fields.ts'
import { mayUse } from '../../access/check-model.ts'
import type { Behaviour, MethodCall, Orm, Values } from '../../engine/contract.ts'
import { OdooFault, typeError, validationError } from '../../fault/odoo-fault.ts'
import { readValues } from '../../orm/read.ts'
import { fieldNamed } from '../../schema/model.ts'
import { pythonText } from '../../value/python-text.ts'
import { randomUuid } from '../../value/uuid.ts'
import { guardAttachments, narrowedAttachments } from './attachment-rights.ts'
import { contentColumns, contentOf, dropFiles, keepFile, readFiles } from './file-content.ts'
import { isMarkup, mimeTypeOf } from './mime-type.ts'
import { pictureSize } from './picture-size.ts'

const MODEL = 'ir.attachment'

/** Files: of their own, or attached to a record; the pictures of records are files as well, see `field-files.ts`. */
export const irAttachment: Behaviour = {
  narrowed: narrowedAttachments,
  guarded: guardAttachments,
  defaults: { company_id: (orm) => orm.companyIds()[0] ?? false },
  beforeCreate: withContent,
  beforeWrite: changed,
  beforeUnlink: (orm, ids) => dropFiles(orm.engine, ids),
  checked: [{ when: ['type', 'url'], run: checkServed }],
  copied: (orm, id) => {
    const datas = filesOf(orm, [id]).get(id)
    return datas === undefined ? {} : { datas }
  },
  computed: {
    datas: (orm, ids) => {
      const files = filesOf(orm, ids)
      return new Map(ids.map((id) => [id, files.get(id) ?? '']))
    },
    raw: (orm, ids) => new Map([...filesOf(orm, ids)].map(([id, file]) => [id, asText(file)])),
    res_name: resourceNames,
    local_url: (orm, ids) =>
      each(orm, ids, ['url', 'checksum'], (id, { url, checksum }) =>
        url ? url : `/web/image/${id}?unique=${pythonText(checksum)}`,
      ),
    image_src: (orm, ids) => each(orm, ids, ['mimetype', 'type', 'url', 'name', 'checksum'], pictureSource),
    image_width: (orm, ids) => sizes(orm, ids, 'width'),
    image_height: (orm, ids) => sizes(orm, ids, 'height'),
    has_thumbnail: (orm, ids) => each(orm, ids, ['thumbnail'], (_id, { thumbnail }) => Boolean(thumbnail)),
  },
  methods: [
    { name: 'generate_access_token', on: 'records', params: [], run: generateAccessTokens },
    { name: 'create_unique', on: 'model', params: ['values_list'], run: createUnique },
    { name: 'get_serving_groups', on: 'model', params: [], run: () => ['base.group_system'] },
  ],
}

/** Contents as base64 by attachment; an attachment without content is left out. */
export function filesOf(orm: Orm, ids: readonly number[]): Map<number, string> {
  const all = orm.asSuperuser()
  const found = new Map<number, string>()
  const links = all.values(MODEL, ids, ['store_fname', 'db_datas', 'res_model', 'res_field', 'res_id'])
  const names = [...links.values()].map((link) => link.store_fname).filter((name) => typeof name === 'string')
  const files = readFiles(orm.engine, names)
  for (const [id, link] of links) {
    const { store_fname: name, res_model: model, res_field: field, res_id: record } = link
    const kept = typeof name === 'string' ? files.get(name) : link.db_datas
    if (typeof kept === 'string') found.set(id, kept)
    else if (typeof model === 'string' && typeof field === 'string' && typeof record === 'number') {
      const value = all.values(model, [record], [field]).get(record)?.[field]
      if (typeof value === 'string') found.set(id, value)
    }
  }
  return found
}

/** What follows from a content: nobody may give it himself. */
const DERIVED = new Set(['file_size', 'checksum', 'store_fname'])

function changed(orm: Orm, ids: readonly number[], given: Values): Values {
  const values = Object.fromEntries(Object.entries(given).filter(([name]) => !DERIVED.has(name)))
  const brings = 'raw' in values || 'datas' in values
  if (brings) dropFiles(orm.engine, ids)
  return brings || 'mimetype' in values ? withContent(orm, values) : values
}

/** Takes the content out of the values, keeps it, and puts in what follows from it. */
function withContent(orm: Orm, given: Values): Values {
  const { file_size: _size, checksum: _checksum, store_fname: _name, raw, datas, ...values } = given
  const content = contentOf(given)
  const guessed = mimeTypeOf(given, () => {
    if (raw && !orm.engine.version.files.looksAtText) {
      throw typeError('startswith first arg must be str or a tuple of str, not bytes')
    }
    return content
  })
  const mimetype = isMarkup(guessed) && !mayUse(orm, 'ir.ui.view', 'write') ? 'text/plain' : guessed
  if (content === undefined) {
    const empty = raw !== undefined || datas !== undefined
    return { ...values, mimetype, ...(empty ? { file_size: 0, checksum: false, store_fname: false } : {}) }
  }
  const columns = contentColumns(content, mimetype)
  keepFile(orm.engine, columns.store_fname, content)
  return { ...values, mimetype, ...columns }
}

/** Only administrators may have an address answered by a file. */
function checkServed(orm: Orm, ids: readonly number[]): void {
  const { groups } = orm.user()
  if (groups.has('base.group_system') || groups.has('base.group_erp_manager')) return
  for (const { type, url } of orm.values(MODEL, ids, ['type', 'url']).values()) {
    if (type === 'binary' && url) throw validationError('Sorry, you are not allowed to write on this document')
  }
}

/** The bytes as a client sees them in `raw`: as text, if they are any. */
function asText(file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(file, 'base64'))
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause
    throw new OdooFault('builtins.UnicodeDecodeError', "'utf-8' codec can't decode byte: invalid start byte")
  }
}

function resourceNames(orm: Orm, ids: readonly number[]): Map<number, unknown> {
  const links = orm.asSuperuser().values(MODEL, ids, ['res_model', 'res_id'])
  return new Map(
    [...links].map(([id, { res_model: model, res_id: record }]) => {
      const known = typeof model === 'string' && orm.engine.schema.models.has(model) && typeof record === 'number'
      return [id, (known && orm.asSuperuser().names(model, [record]).get(record)) || false]
    }),
  )
}

const PICTURES = new Set([
  'image/gif',
  'image/jpe',
  'image/jpeg',
  'image/jpg',
  'image/png',
  'image/svg+xml',
  'image/webp',
])

/** Where a page finds the picture (odoo 18.0 html_editor, _compute_image_src). */
function pictureSource(id: number, { mimetype, type, url, name, checksum }: Values): string | false {
  if (!PICTURES.has(String(mimetype).split(';')[0] ?? '')) return false
  const file = encodeURIComponent(String(name))
  if (type === 'url') return String(url).startsWith('/') ? String(url) : `/web/image/${id}-redirect/${file}`
  const unique = String(checksum).slice(0, 8)
  if (url) return `${url}${String(url).includes('?') ? '&' : '?'}unique=${unique}`
  return `/web/image/${id}-${unique}/${file}`
}

function sizes(orm: Orm, ids: readonly number[], side: 'width' | 'height'): Map<number, number> {
  const files = filesOf(orm, ids)
  return new Map(ids.map((id) => [id, pictureSize(files.get(id) ?? '')?.[side] ?? 0]))
}

function each(
  orm: Orm,
  ids: readonly number[],
  fields: readonly string[],
  work: (id: number, values: Values) => unknown,
): Map<number, unknown> {
  return new Map([...orm.asSuperuser().values(MODEL, ids, fields)].map(([id, values]) => [id, work(id, values)]))
}

/** A token with which anybody may fetch the file; one that is there already stays. */
function generateAccessTokens({ orm, model, ids }: MethodCall): string[] {
  const known = ids.filter((id) => typeof id === 'number')
  const field = fieldNamed(model, 'access_token')
  checkFields(orm, model, [field], 'read')
  const records = readValues(orm, model, known, [field])
  return known.map((id) => {
    const token = records.get(id)?.access_token
    if (typeof token === 'string') return token
    const made = randomUuid(orm.engine)
    orm.write(MODEL, [id], { access_token: made })
    return made
  })
}

/** Makes files, or answers those that have the content already. */
function createUnique({ orm, args }: MethodCall): number[] {
  const list = Array.isArray(args.values_list) ? args.values_list : []
  return list.flatMap((values: Values) => {
    const content = contentOf(values) ?? Buffer.alloc(0)
    const mimetype = pythonText(values.mimetype)
    const { checksum } = contentColumns(content, mimetype)
    const same = orm.asSuperuser().search(MODEL, [
      ['id', '!=', false],
      ['checksum', '=', checksum],
      ['file_size', '=', content.length],
      ['mimetype', '=', mimetype],
    ])
    return same.length > 0 ? same : [orm.create(MODEL, values)]
  })
}
