import { CommandError } from './frame.ts'

const UNITS_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** A day or a time as people write it (ISO 8601; without a zone it is UTC). */
const MOMENT = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?)?$/

/**
 * A moment of the past: a day, a time, or how long ago (`90s`, `15m`, `24h`, `7d`). Milliseconds since 1970.
 *
 * @throws CommandError for anything else
 */
export function parseMoment(text: string, nowMs: number): number {
  const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? []
  if (count !== undefined && unit !== undefined) return nowMs - Number(count) * (UNITS_MS[unit] ?? 0)
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
