import { CommandError } from './frame.ts'

const UNITS_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** A length of time as people write it: `90s`, `15m`, `24h`, `90d`. Milliseconds; undefined for anything else. */
export function durationOf(text: string): number | undefined {
  const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? []
  const unitMs = unit === undefined ? undefined : UNITS_MS[unit]
  return unitMs === undefined ? undefined : Number(count) * unitMs
}

/**
 * The same where nothing else will do.
 *
 * @throws CommandError for anything else
 */
export function parseDuration(text: string): number {
  const durationMs = durationOf(text)
  if (durationMs === undefined) throw new CommandError(`"${text}" is no length of time: write 90s, 15m, 24h or 90d.`)
  return durationMs
}
