import { clockMs, toZone } from './zoned-time.ts'

/** A span of time that records are grouped by: where the one around a moment starts, where the next one does, its name. */
export type Span = {
  readonly start: (ms: number, firstDay: number) => number
  readonly next: (startMs: number) => number
  readonly label: (startMs: number, firstDay: number) => string
}

const DAY_MS = 24 * 3600_000
const MONTHS = 'January February March April May June July August September October November December'.split(' ')

const month = (ms: number, by = 0, every = 1): number => {
  const date = new Date(ms)
  const index = date.getUTCMonth()
  return Date.UTC(date.getUTCFullYear(), index - (index % every) + by)
}
const two = (value: number): string => String(value).padStart(2, '0')
const monthName = (ms: number): string => MONTHS[new Date(ms).getUTCMonth()] ?? ''
const quarterOf = (ms: number): number => Math.floor(new Date(ms).getUTCMonth() / 3) + 1
const yearOf = (ms: number): number => new Date(ms).getUTCFullYear()
const dayOf = (ms: number): number => new Date(ms).getUTCDate()
const hourOf = (ms: number): number => new Date(ms).getUTCHours()
const startOfDay = (ms: number): number => Math.floor(ms / DAY_MS) * DAY_MS
/** Days since the week began; `firstDay` is 1 for Monday to 7 for Sunday, as `res.lang.week_start` has it. */
const dayInWeek = (ms: number, firstDay: number): number => (new Date(ms).getUTCDay() - firstDay + 7) % 7

/** The spans, with the labels of Odoo in English (odoo 18.0 models.py, READ_GROUP_DISPLAY_FORMAT). Times as if UTC. */
export const SPANS: Readonly<Record<string, Span>> = {
  hour: {
    start: (ms) => Math.floor(ms / 3600_000) * 3600_000,
    next: (ms) => ms + 3600_000,
    label: (ms) => `${two(hourOf(ms) % 12 || 12)}:00 ${two(dayOf(ms))} ${monthName(ms).slice(0, 3)}`,
  },
  day: {
    start: startOfDay,
    next: (ms) => ms + DAY_MS,
    label: (ms) => `${two(dayOf(ms))} ${monthName(ms).slice(0, 3)} ${yearOf(ms)}`,
  },
  week: {
    start: (ms, firstDay) => startOfDay(ms) - dayInWeek(ms, firstDay) * DAY_MS,
    next: (ms) => ms + 7 * DAY_MS,
    label: (ms, firstDay) => weekLabel(ms, firstDay),
  },
  month: {
    start: (ms) => month(ms),
    next: (ms) => month(ms, 1),
    label: (ms) => `${monthName(ms)} ${yearOf(ms)}`,
  },
  quarter: {
    start: (ms) => month(ms, 0, 3),
    next: (ms) => month(ms, 3, 3),
    label: (ms) => `Q${quarterOf(ms)} ${yearOf(ms)}`,
  },
  year: {
    start: (ms) => month(ms, 0, 12),
    next: (ms) => month(ms, 12, 12),
    label: (ms) => String(yearOf(ms)),
  },
}

/** Numbers that a moment is made of, as PostgreSQL's date_part has them (READ_GROUP_NUMBER_GRANULARITY). */
export const DATE_PARTS: Readonly<Record<string, (ms: number, firstDay: number) => number>> = {
  year_number: yearOf,
  quarter_number: quarterOf,
  month_number: (ms) => new Date(ms).getUTCMonth() + 1,
  iso_week_number: isoWeek,
  day_of_year: (ms) => (startOfDay(ms) - month(ms, 0, 12)) / DAY_MS + 1,
  day_of_month: dayOf,
  day_of_week: dayInWeek,
  hour_number: hourOf,
  minute_number: (ms) => new Date(ms).getUTCMinutes(),
  second_number: (ms) => new Date(ms).getUTCSeconds(),
}

/**
 * What a stored day or moment is grouped by: the start of its span, written as `2026-11-01 00:00:00` in the zone's own
 * time, or a number. Unset stays unset.
 */
export function dateGroup(value: unknown, granularity: string, zone: string | undefined, firstDay: number) {
  if (typeof value !== 'string') return null
  const ms = toZone(clockMs(value), value.length > 10 ? zone : undefined)
  const part = DATE_PARTS[granularity]
  if (part !== undefined) return part(ms, firstDay)
  const span = SPANS[granularity]
  return span === undefined ? null : clockText(span.start(ms, firstDay))
}

/** A moment as Odoo writes it, of milliseconds as if UTC. */
export function clockText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ')
}

function isoWeek(ms: number): number {
  // The week belongs to the year of its Thursday.
  const thursday = startOfDay(ms) + (3 - dayInWeek(ms, 1)) * DAY_MS
  return Math.floor((thursday - month(thursday, 0, 12)) / DAY_MS / 7) + 1
}

/** The week of English (US): the first one holds the first of January. */
function weekLabel(startMs: number, firstDay: number): string {
  const lastDay = startMs + 6 * DAY_MS
  const year = yearOf(lastDay)
  const first = SPANS.week?.start(Date.UTC(year, 0, 1), firstDay) ?? startMs
  return `W${Math.round((startMs - first) / DAY_MS / 7) + 1} ${year}`
}
