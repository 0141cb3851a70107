import { databaseError, valueError } from '../fault/odoo-fault.ts'
import { clockText, SPANS } from '../time/date-group.ts'
import { clockMs, fromZone, toZone } from '../time/zoned-time.ts'
import { parseDay } from './moment.ts'
import { pythonRepr, pythonText } from './python-text.ts'

/** Now, and where the user's clock stands; asked only by values that need it. */
export type Clock = () => { readonly nowMs: number; readonly zone: string | undefined; readonly firstDay: number }

/** A moment of a domain, `2026-11-20 23:14:26`, or a day alone. */
export type DomainMoment = { readonly text: string; readonly isDay: boolean }

const SHAPE =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.\d+)?)?\s*(?:Z|[+-]\d\d(?::?\d\d)?)?)?$/

/** A text as PostgreSQL reads it where a day or a moment is compared: until 18 it judges the values of domains. */
export function postgresMoment(value: unknown, type: 'date' | 'timestamp', clock: Clock): DomainMoment {
  const text = pythonText(value).trim()
  const word = WORDS[text.toLowerCase()]
  if (word !== undefined) return word(clock().nowMs)
  const compact = /^(\d{4})(\d\d)(\d\d)$/.exec(text)
  const parts = SHAPE.exec(compact === null ? text : compact.slice(1).join('-'))
  if (parts === null) {
    if (/^\d+$/.test(text) && (Number(text) === 0 || text.length > 6)) throw outOfRange(text)
    throw databaseError('InvalidDatetimeFormat', `invalid input syntax for type ${type}: "${pythonText(value)}"\n`)
  }
  const ms = clockIn(parts)
  if (ms === undefined) throw outOfRange(text)
  return { text: clockText(ms), isDay: parts[4] === undefined }
}

const DAY_MS = 24 * 3600_000
const day = (ms: number): DomainMoment => ({ text: `${clockText(ms).slice(0, 10)} 00:00:00`, isDay: false })

const WORDS: Readonly<Record<string, (nowMs: number) => DomainMoment>> = {
  now: (nowMs) => ({ text: clockText(nowMs), isDay: false }),
  today: day,
  yesterday: (nowMs) => day(nowMs - DAY_MS),
  tomorrow: (nowMs) => day(nowMs + DAY_MS),
  epoch: () => day(0),
  infinity: () => ({ text: '9999-99-99 99:99:99', isDay: false }),
  '-infinity': () => ({ text: '', isDay: false }),
}

function outOfRange(text: string): Error {
  return databaseError('DatetimeFieldOverflow', `date/time field value out of range: "${text}"\n`)
}

/** The parts of a moment as if UTC; nothing for the 31st of February and 25 o'clock. */
function clockIn(parts: readonly (string | undefined)[]): number | undefined {
  const [year = 0, month = 0, dayOfMonth = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1)
    .map((part) => Number(part ?? 0))
  const ms = Date.UTC(year, month - 1, dayOfMonth, hour, minute, second)
  const date = new Date(ms)
  const exact = date.getUTCMonth() === month - 1 && date.getUTCDate() === dayOfMonth && date.getUTCHours() === hour
  return exact && minute < 60 && second < 60 ? ms : undefined
}

/**
 * A text as 19 reads it: an ISO day or moment, or one told from now on, such as `today -7d +1m =monday`. A day begins where
 * the user is (odoo 19.0 tools/date_utils.py, parse_date).
 */
export function relativeMoment(value: unknown, type: 'date' | 'datetime', clock: Clock): DomainMoment {
  if (typeof value !== 'string') throw valueError(`Failed to cast ${pythonRepr(value)} into a ${type}`)
  const text = value.trim()
  if (text === '') throw valueError('Empty date value')
  const { nowMs, zone, firstDay } = clock()
  if (/^\d+-/.test(text) || /^\d{8}$/.test(text)) return isoMoment(text, type, zone)
  const [first = '', ...others] = text.split(/\s+/)
  const named = first === 'today' || first === 'now'
  const isDay = first === 'today'
  const start = toZone(Math.floor(nowMs / 1000) * 1000, zone)
  const local = (named ? others : [first, ...others]).reduce(
    (ms, term) => shifted(ms, term, value, firstDay),
    isDay ? Math.floor(start / DAY_MS) * DAY_MS : start,
  )
  if (type === 'date') return { text: clockText(local), isDay: true }
  return { text: clockText(fromZone(local, zone)), isDay }
}

function isoMoment(text: string, type: 'date' | 'datetime', zone: string | undefined): DomainMoment {
  const compact = /^(\d{4})(\d\d)(\d\d)$/.exec(text)
  const written = compact === null ? text : compact.slice(1).join('-')
  if (/T|Z$|[+]\d\d/.test(written.slice(10)) && type === 'datetime') {
    throw valueError(`expecting only datetimes with no timezone: ${pythonRepr(text)}`)
  }
  const parts = SHAPE.exec(written)
  if (parts === null || !/^\d{4}-\d\d-\d\d/.test(written))
    throw valueError(`Invalid isoformat string: ${pythonRepr(text)}`)
  parseDay(written)
  const ms = clockIn(parts)
  if (ms === undefined) throw valueError('hour must be in 0..23')
  const isDay = parts[4] === undefined
  return { text: clockText(isDay && type === 'datetime' ? fromZone(ms, zone) : ms), isDay }
}

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const UNITS: Readonly<Record<string, string>> = {
  d: 'day',
  w: 'week',
  m: 'month',
  y: 'year',
  H: 'hour',
  M: 'minute',
  S: 'second',
}

/** One step of a relative moment: `+3d`, `-1m`, `=6m`, `+monday`. */
function shifted(ms: number, term: string, whole: string, firstDay: number): number {
  const [, sign = '', amount = '', unit = ''] = /^([+=-])(\d*)([a-zA-Z_]+)$/.exec(term) ?? []
  if (amount === '' && (WEEKDAYS.includes(unit) || unit === 'week_start')) return toWeekday(ms, sign, unit, firstDay)
  const name = UNITS[unit]
  if (amount === '' || name === undefined || (sign === '=' && name === 'week')) {
    throw valueError(`Invalid term ${pythonRepr(term)} in expression date: ${pythonRepr(whole)}`)
  }
  return sign === '='
    ? setPart(ms, name, Number(amount))
    : addPart(ms, name, sign === '+' ? Number(amount) : -Number(amount))
}

function toWeekday(ms: number, sign: string, name: string, firstDay: number): number {
  const wanted = name === 'week_start' ? 0 : (WEEKDAYS.indexOf(name) + 1 - firstDay + 7) % 7
  const now = (new Date(ms).getUTCDay() - firstDay + 7) % 7
  const offset = wanted - now
  if (sign === '+') return ms + (offset < 0 ? offset + 7 : offset) * DAY_MS
  if (sign === '-') return ms + (offset > 0 ? offset - 7 : offset) * DAY_MS
  return Math.floor(ms / DAY_MS) * DAY_MS + offset * DAY_MS
}

const FIXED_MS: Readonly<Record<string, number>> = {
  day: DAY_MS,
  week: 7 * DAY_MS,
  hour: 3600_000,
  minute: 60_000,
  second: 1000,
}

function addPart(ms: number, name: string, amount: number): number {
  const fixed = FIXED_MS[name]
  if (fixed !== undefined) return ms + amount * fixed
  const months = name === 'year' ? 12 * amount : amount
  const date = new Date(ms)
  const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months)
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0)).getUTCDate()
  // The last of a month stays within the other month.
  return first + (Math.min(date.getUTCDate(), last) - 1) * DAY_MS + (ms % DAY_MS)
}

/** Sets a part; those below it begin again. */
function setPart(ms: number, name: string, amount: number): number {
  const date = new Date(ms)
  if (name === 'year') return Date.UTC(amount, date.getUTCMonth(), date.getUTCDate())
  if (name === 'month') return Date.UTC(date.getUTCFullYear(), amount - 1, date.getUTCDate())
  if (name === 'day') return (SPANS.month?.start(ms, 1) ?? ms) + (amount - 1) * DAY_MS
  const above = { hour: DAY_MS, minute: 3600_000, second: 60_000 }[name] ?? DAY_MS
  return Math.floor(ms / above) * above + amount * (FIXED_MS[name] ?? 0)
}

/** How a moment is compared: a day alone is its end behind `>` and `<=`, else its begin. */
export function boundOf({ text, isDay }: DomainMoment, operator: string): string {
  const ends = isDay && (operator === '>' || operator === '<=')
  return ends ? clockText(clockMs(text) + DAY_MS - 1000) : text
}
