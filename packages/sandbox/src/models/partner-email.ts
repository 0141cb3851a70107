/**
 * The first address of an e-mail field, in small letters; `null` when there is none (odoo 18.0 tools/mail.py,
 * email_normalize). Splits at separators and looks for `@`: the work grows with the text's length and no faster.
 */
export function normalizedEmail(text: unknown, semicolonParts: boolean): string | null {
  return addressesIn(text, semicolonParts)[0]?.toLowerCase() ?? null
}

/**
 * All addresses, as they stand behind a name; text without any is told by an `@` in front. `undefined` for no text
 * (odoo 18.0 res_partner.py, _compute_email_formatted).
 */
export function formattedEmail(text: unknown, semicolonParts: boolean): string | undefined {
  if (typeof text !== 'string' || text === '') return undefined
  const addresses = addressesIn(text, semicolonParts)
  if (addresses.length > 0) return addresses.map((address) => address.toLowerCase()).join(',')
  return text.includes('@') ? text : `@${text}`
}

function addressesIn(text: unknown, semicolonParts: boolean): string[] {
  if (typeof text !== 'string') return []
  return text.split(semicolonParts ? /[\s<>,;"']+/ : /[\s<>,"']+/).filter(isAddress)
}

/** One `@` with something on both sides. */
function isAddress(piece: string): boolean {
  const at = piece.indexOf('@')
  return at > 0 && at < piece.length - 1 && piece.indexOf('@', at + 1) === -1
}
