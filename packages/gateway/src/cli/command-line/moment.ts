import { durationOf } from './duration.ts'
import { CommandError } from './frame.ts'

/** A day or a time as people write it (ISO 8601; without a zone it is UTC). */
const MOMENT = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?)?$/

/**
 * A moment of the past: a day, a time, or how long ago (`90s`, `15m`, `24h`, `7d`). Milliseconds since 1970.
 *
 * @throws CommandError for anything else
 */
export function parseMoment(text: string, nowMs: number): number {
  const agoMs = durationOf(text)
  if (agoMs !== undefined) return nowMs - agoMs
  const [written, zone] = MOMENT.exec(text) ?? []
  const ms = written === undefined ? Number.NaN : Date.parse(`${written.replace(' ', 'T')}${zoneOf(written, zone)}`)
  if (Number.isNaN(ms)) {
    throw new CommandError(`"${text}" is no moment: write 2026-11-21, 2026-11-21T09:30Z, or 15m, 24h, 7d for ago.`)
  }
  return ms
}

/** A bare day is UTC already in JavaScript; a time without a zone would be the machine's. */
function zoneOf(written: string, zone: string | undefined): string {
  return written.length > 10 && zone === undefined ? 'Z' : ''
}
