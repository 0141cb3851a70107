import { isObject, type Json, mapTexts } from '../json.ts'
import type { Step } from '../recording.ts'
import type { RawRequest } from '../wire/raw-http.ts'
import { Unprepared } from './odoo-client.ts'
import { readTotpSecret } from './preparations.ts'
import type { Scene } from './scene.ts'

/** Cases whose recorded body is bytes: `\xff` stands for a byte that is no UTF-8. */
const BYTES = new Set(['body_bad_utf8', 'gzip_request'])

/** The recorded request with this scene's ids, sessions, keys and tokens. Throws `Unprepared` where one is missing. */
export async function fillRequest(scene: Scene, step: Step): Promise<RawRequest> {
  const { method, path, headers, body } = step.request
  const fill = await fillerOf(scene, step)
  const names = Object.entries(headers).map(([name, value]): [string, string] => [name, fill(value)])
  const payload = payloadOf(withIds(scene, body, path), fill)
  return {
    method,
    path: scene.ids.inText(fill(path)),
    headers: Object.fromEntries(names),
    ...(payload === null ? {} : { body: BYTES.has(step.case) ? fromEscapes(payload) : Buffer.from(payload) }),
    sendHost: step.case !== 'no_host',
  }
}

/** The database of the recorder, by version. */
export function databaseName(version: number): RegExp {
  return new RegExp(`golden${version}(?!\\d)`, 'g')
}

function withIds(scene: Scene, body: Json, path: string): Json {
  if (!isObject(body)) return body
  const model = path.startsWith('/json/2/') ? path.split('/')[3] : undefined
  if (!('params' in body)) return scene.ids.inRequest(body, model)
  const { params = null } = body
  return { ...body, params: scene.ids.inRequest(params, modelOf(params) ?? model) }
}

/** The model that a call is about; of `execute_kw` the fourth argument. */
export function modelOf(params: Json): string | undefined {
  if (!isObject(params)) return undefined
  if (typeof params.model === 'string') return params.model
  const { args } = params
  return Array.isArray(args) && typeof args[3] === 'string' ? args[3] : undefined
}

function payloadOf(body: Json, fill: (text: string) => string): string | null {
  if (body === null) return null
  return typeof body === 'string' ? fill(body) : JSON.stringify(mapTexts(body, fill))
}

/** Text written with `\xNN` for each byte outside UTF-8, as Python's `backslashreplace` does. */
function fromEscapes(text: string): Buffer {
  const parts = text.split(/(\\x[0-9a-f]{2})/)
  return Buffer.concat(parts.map((part, at) => (at % 2 ? Buffer.from(part.slice(2), 'hex') : Buffer.from(part))))
}

const PLACEHOLDER =
  /<(?:session:[\w-]+|api-key:[\w -]+|csrf-token|totp-code|access-token|etag|hash|base64 or long text: 10000 [^>]*)>/g

/** Asks for all that the request needs first, since asking takes time, and answers how to fill a text. */
async function fillerOf(scene: Scene, { request }: Step): Promise<(text: string) => string> {
  const all = [request.path, ...Object.values(request.headers), JSON.stringify(request.body)].join('\n')
  const cookie = /<session:([\w-]+)>/.exec(request.headers.cookie ?? '')?.[1] ?? ''
  const values = new Map<string, string>()
  for (const placeholder of new Set(all.match(PLACEHOLDER) ?? [])) {
    values.set(placeholder, await valueFor(scene, placeholder, cookie))
  }
  const database = databaseName(scene.case.version)
  const { database: actual } = scene.stage.odoo
  return (text) => text.replace(PLACEHOLDER, (found) => values.get(found) ?? found).replace(database, actual)
}

async function valueFor(scene: Scene, placeholder: string, sessionName: string): Promise<string> {
  const [kind = '', name = ''] = placeholder.slice(1, -1).split(':')
  switch (kind) {
    case 'session':
      return scene.session(name)
    case 'api-key':
      return scene.apiKey(name)
    case 'csrf-token':
      return scene.csrfToken(sessionName)
    case 'totp-code':
      if (!scene.hasTotpSecret()) await readTotpSecret(scene)
      return scene.totpCode()
    case 'hash':
      return 'A'.repeat(84)
    case 'base64 or long text':
      return 'x'.repeat(10_000)
    default: {
      const value = scene.found.get(placeholder)
      if (value === undefined) throw new Unprepared(`needs ${placeholder}`)
      return value
    }
  }
}
