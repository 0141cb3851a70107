import type { Request } from './request.ts'

/** A file that came with a form. */
export type UploadedFile = { readonly name: string; readonly type: string; readonly bytes: Buffer }

/** A form's texts and files by name; of two texts with one name the first counts, as in Odoo. */
export type Form = {
  readonly texts: Readonly<Record<string, string>>
  readonly files: Readonly<Record<string, readonly UploadedFile[]>>
}

const NOTHING: Form = { texts: {}, files: {} }

/** Reads the form of a request. A body of another type, or one that is cut, has nothing in it. */
export async function readForm(request: Request): Promise<Form> {
  const type = request.contentType.toLowerCase()
  if (type.startsWith('application/x-www-form-urlencoded')) return readEncoded(request.body)
  if (type.startsWith('multipart/form-data')) return readMultipart(request)
  return NOTHING
}

/** The first text of each name in a query or an encoded form. */
export function firstOfEach(pairs: Iterable<readonly [string, string]>): Record<string, string> {
  const found = new Map<string, string>()
  for (const [name, value] of pairs) if (!found.has(name)) found.set(name, value)
  return Object.fromEntries(found)
}

function readEncoded(body: string): Form {
  return { texts: firstOfEach(new URLSearchParams(body)), files: {} }
}

async function readMultipart(request: Request): Promise<Form> {
  const headers = { 'content-type': request.contentType }
  let parts: FormData
  try {
    parts = await new Response(new Uint8Array(request.bytes), { headers }).formData()
  } catch (error) {
    // The platform's parser says TypeError for whatever is no form; werkzeug takes that for an empty one.
    if (error instanceof TypeError) return NOTHING
    throw error
  }
  const texts = new Map<string, string>()
  const files = new Map<string, readonly UploadedFile[]>()
  for (const [name, value] of parts) {
    if (typeof value === 'string') {
      if (!texts.has(name)) texts.set(name, value)
    } else {
      const file = { name: value.name, type: value.type, bytes: Buffer.from(await value.arrayBuffer()) }
      files.set(name, [...(files.get(name) ?? []), file])
    }
  }
  return { texts: Object.fromEntries(texts), files: Object.fromEntries(files) }
}
