import type { WireAnswer } from './raw-answer.ts'
import type { RawRequest } from './raw-http.ts'

/**
 * Sends a request to a fork that calls itself otherwise wherever Odoo names itself: in paths (`/odoo`), in header names
 * (`X-Odoo-Database`), in messages. The answer is told in Odoo's name again.
 */
export function throughBrand(
  brand: string,
  send: (request: RawRequest) => Promise<WireAnswer>,
): (request: RawRequest) => Promise<WireAnswer> {
  const toFork = (text: string) => text.replace(/odoo/g, brand.toLowerCase())
  const toOdoo = (text: string) =>
    text
      .replace(new RegExp(`${brand}(?=\\.)`, 'gi'), 'odoo')
      .replaceAll(brand, 'Odoo')
      .replaceAll(brand.toLowerCase(), 'odoo')
  return async (request) => {
    const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [toFork(name), value])
    const answer = await send({ ...request, path: toFork(request.path), headers: Object.fromEntries(headers) })
    const named = Object.entries(answer.headers).map(([name, value]): [string, string | readonly string[]] => [
      name,
      typeof value === 'string' ? toOdoo(value) : value.map(toOdoo),
    ])
    const isText = /^text\/|json|xml/.test(String(answer.headers['content-type'] ?? ''))
    const body = isText ? Buffer.from(toOdoo(answer.body.toString('utf8'))) : answer.body
    return { status: answer.status, headers: Object.fromEntries(named), body }
  }
}
