/** Odoo's text of a moment, `2026-11-20 23:14:26`, or of a day, as milliseconds as if it were UTC. */
export function clockMs(text: string): number {
  return Date.parse(`${text.slice(0, 10)}T${text.slice(11, 19) || '00:00:00'}Z`)
}

/** What the clocks of a zone show at a moment; both in milliseconds, UTC and as if it were UTC. Unknown zones are UTC. */
export function toZone(utcMs: number, zone: string | undefined): number {
  return zone === undefined ? utcMs : utcMs + offsetMs(utcMs, zone)
}

/** The moment at which the clocks of a zone show something; the later one when they show it twice, as pytz has it. */
export function fromZone(localMs: number, zone: string | undefined): number {
  if (zone === undefined) return localMs
  const early = localMs - offsetMs(localMs - 24 * 3600_000, zone)
  const late = localMs - offsetMs(localMs + 24 * 3600_000, zone)
  return toZone(late, zone) === localMs ? late : early
}

/** The zone of a context, if this machine knows it. */
export function knownZone(zone: unknown): string | undefined {
  return typeof zone === 'string' && formatterOf(zone) !== undefined ? zone : undefined
}

const formatters = new Map<string, Intl.DateTimeFormat | undefined>()

/** How many names of zones are remembered; there are some 600. */
const FORMATTERS_MAX = 1000

function formatterOf(zone: string): Intl.DateTimeFormat | undefined {
  if (formatters.has(zone)) return formatters.get(zone)
  if (formatters.size >= FORMATTERS_MAX) formatters.clear()
  const formatter = newFormatter(zone)
  formatters.set(zone, formatter)
  return formatter
}

function newFormatter(zone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function offsetMs(utcMs: number, zone: string): number {
  // The Swedish way to write a moment is Odoo's: 2026-11-20 23:14:26.
  const shown = formatterOf(zone)?.format(utcMs)
  return shown === undefined ? 0 : clockMs(shown) - Math.floor(utcMs / 1000) * 1000
}
