import { findRecord } from '../../file/found-record.ts'
import { openFile } from '../../file/open-file.ts'
import { type AskedSize, sizeInName } from '../../file/picture-frame.ts'
import { resizedPicture } from '../../file/resized-picture.ts'
import type { FileElsewhere, ServedFile } from '../../file/served-file.ts'
import { PLACEHOLDER, shippedFile } from '../../file/shipped-file.ts'
import { pythonInt } from '../../value/python-int.ts'
import { type Answer, errorPage } from '../answer.ts'
import { askersOrm } from '../askers-orm.ts'
import type { HttpExchange, Route } from '../route.ts'
import { askedPlace, askedSending, isRefusal } from './asked.ts'
import { sendFile } from './send-file.ts'

const SIZED = ['', '/<int:width>x<int:height>', '/<filename>', '/<int:width>x<int:height>/<filename>']
const IMAGE_PLACES = ['<xmlid>', '<model>/<int:id>/<field>', '<int:id>', '<int:id>-<unique>']

/** Files and pictures by the record that has them (odoo 18.0 web, controllers/binary.py). */
export const CONTENT_ROUTES: readonly Route[] = [
  {
    paths: [
      '/web/content',
      ...['<xmlid>', '<int:id>', '<model>/<int:id>/<field>'].flatMap((place) => [
        `/web/content/${place}`,
        `/web/content/${place}/<filename>`,
      ]),
    ],
    kind: 'http',
    auth: 'public',
    run: content,
  },
  {
    paths: ['/web/image', ...IMAGE_PLACES.flatMap((place) => SIZED.map((size) => `/web/image/${place}${size}`))],
    kind: 'http',
    auth: 'public',
    run: image,
  },
]

/** A file, or the page that there is none: whether it is missing or refused is not told. */
function content(exchange: HttpExchange): Answer {
  let file: ServedFile | FileElsewhere
  try {
    file = askedFile(exchange, 'application/octet-stream')
  } catch (error) {
    if (!isRefusal(error)) throw error
    return errorPage(404)
  }
  return sendFile(exchange, file, askedSending(exchange))
}

/** A picture in the size that is asked for, or the one that stands for what is missing or refused. */
async function image(exchange: HttpExchange): Promise<Answer> {
  const { params } = exchange
  const place = askedPlace(params)
  const size = askedSize(exchange)
  let file: ServedFile | FileElsewhere
  try {
    file = askedFile(exchange, 'image/png')
    if ('bytes' in file && file.bytes.length === 0) file = placeholder()
    if ('bytes' in file) file = await sized(exchange, file, { ...size, ...shownSize(size, place.field) })
  } catch (error) {
    if (!isRefusal(error)) throw error
    if (params.download) return errorPage(404)
    file = await sized(exchange, placeholder(), { ...size, ...shownSize(size, place.field) })
  }
  return sendFile(exchange, file, askedSending(exchange))
}

function askedFile(exchange: HttpExchange, defaultType: string): ServedFile | FileElsewhere {
  const { engine, params, request } = exchange
  const place = askedPlace(params)
  const found = findRecord(askersOrm(exchange), place)
  const file = openFile(found, {
    field: place.field,
    filename: params.filename,
    filenameField: params.filename_field ?? 'name',
    type: params.mimetype,
    defaultType,
  })
  const isOpened = engine.version.files.tokenIsPublic && Boolean(request.query.get('access_token'))
  return isOpened && 'bytes' in file ? { ...file, isPublic: true } : file
}

function askedSize({ params }: HttpExchange): AskedSize {
  const { width = '0', height = '0', crop } = params
  return { width: pythonInt(width), height: pythonInt(height), crop }
}

function shownSize({ width, height }: AskedSize, field: string): { width: number; height: number } {
  return width === 0 && height === 0 ? sizeInName(field) : { width, height }
}

/** Resizing makes another content: the tag says so. */
async function sized({ engine }: HttpExchange, file: ServedFile, asked: AskedSize): Promise<ServedFile> {
  const bytes = await resizedPicture(file.bytes, file.type, asked)
  const isPicture = file.type.startsWith('image/') || !engine.version.files.hidesOtherTypes
  const how = `${asked.width}x${asked.height}-crop=${asked.crop ?? 'False'}-quality=0`
  return {
    ...file,
    bytes,
    type: isPicture ? file.type : 'application/octet-stream',
    etag: file.etag === undefined ? undefined : `${file.etag}-${how}`,
    isKept: file.isKept && asked.width === 0 && asked.height === 0,
  }
}

function placeholder(): ServedFile {
  const file = shippedFile(PLACEHOLDER)
  if (file === undefined) throw new TypeError('The sandbox has no placeholder')
  return file
}
