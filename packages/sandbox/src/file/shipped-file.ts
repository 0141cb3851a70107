import { nobodysPicture, placeholderPicture } from '../value/drawn-picture.ts'
import type { ServedFile } from './served-file.ts'

/** Pictures that come with Odoo, by their address. Drawn, as Odoo's own are not for us to give. */
const PICTURES: Readonly<Record<string, () => Buffer>> = {
  '/web/static/img/placeholder.png': placeholderPicture,
  '/web/static/img/logo.png': nobodysPicture,
  '/web/static/img/nologo.png': nobodysPicture,
  '/base/static/img/avatar_grey.png': nobodysPicture,
}

/** What is shown instead of a picture that is missing or not for this user. */
export const PLACEHOLDER = '/web/static/img/placeholder.png'

/** The file that comes with Odoo under this address; undefined when the sandbox has none. */
export function shippedFile(address: string): ServedFile | undefined {
  const draw = Object.hasOwn(PICTURES, address) ? PICTURES[address] : undefined
  if (draw === undefined) return undefined
  const bytes = draw()
  const name = address.slice(address.lastIndexOf('/') + 1)
  const etag = `${bytes.length}-sandbox`
  return { bytes, type: 'image/png', name, etag, modifiedMs: undefined, isPublic: false, isKept: true }
}
