/** How many causes behind a cause are told; more are a loop or nobody's help. */
const DEPTH_MAX = 5

/**
 * Codes of errors that Node's system calls, undici and SQLite make. Their messages name an address, a file, a table or a
 * time; those of other errors may quote what they choked on: an answer of Odoo, a body, a credential.
 */
const MACHINE_CODE = /^(?:E[A-Z0-9]+|UND_ERR_[A-Z_]+|ERR_SQLITE_ERROR)$/

/** A name of a class, and nothing that somebody put in its place. */
const CLASS_NAME = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/

/**
 * The cause of an error in words for the log: the class of each error in the chain, with code and message where these
 * are known to hold no secret and no value of a record.
 *
 * @example `OdooUnreachable, by Error ECONNREFUSED: connect ECONNREFUSED 127.0.0.1:8069`
 */
export function causeText(cause: unknown): string | undefined {
  const links: string[] = []
  for (let link = cause; link !== undefined && links.length < DEPTH_MAX; ) {
    links.push(linkText(link))
    link = link instanceof Error ? link.cause : undefined
  }
  return links.length === 0 ? undefined : links.join(', by ')
}

function linkText(link: unknown): string {
  if (!(link instanceof Error)) return `a thrown ${link === null ? 'null' : typeof link}`
  const name = CLASS_NAME.test(link.name) ? link.name : 'Error'
  const code = 'code' in link ? link.code : undefined
  if (typeof code !== 'string' || !MACHINE_CODE.test(code)) return name
  // Node leaves the message empty where it tried several addresses.
  return link.message === '' ? `${name} ${code}` : `${name} ${code}: ${link.message}`
}
