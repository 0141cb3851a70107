/** One `Set-Cookie` line (RFC 6265 §4.1), attribute names in lower case; a flag such as HttpOnly has the value ''. */
export type SetCookie = {
  readonly name: string
  readonly value: string
  readonly attributes: Readonly<Record<string, string>>
}

/** Splits a `Set-Cookie` line. */
export function parseSetCookie(line: string): SetCookie {
  const [pair = '', ...rest] = line.split(';').map((part) => part.trim())
  const attributes = Object.fromEntries(
    rest.map((part) => {
      const [name, value] = splitOnce(part)
      return [name.toLowerCase(), value]
    }),
  )
  const [name, value] = splitOnce(pair)
  return { name, value, attributes }
}

/** Whether the line tells the client to forget the cookie: no value, and an end that lies in the past. */
export function isCleared(cookie: SetCookie): boolean {
  const maxAge = cookie.attributes['max-age']
  const expires = cookie.attributes.expires
  const ended = maxAge !== undefined ? Number(maxAge) <= 0 : expires !== undefined && Date.parse(expires) < Date.now()
  return cookie.value === '' && ended
}

function splitOnce(part: string): [string, string] {
  const at = part.indexOf('=')
  return at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)]
}
