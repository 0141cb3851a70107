import { typeError, valueError } from '../fault/odoo-fault.ts'
import { pythonTruth, pythonType } from './python-text.ts'

/** A moment as Odoo writes it: UTC, `2026-11-20 23:14:26`. */
export function momentText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ')
}

/** A day as Odoo writes it: `2026-11-20`. */
export function dayText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}

/**
 * A day from what a client wrote: text of which the first ten characters count, unset for anything empty
 * (odoo 18.0 fields.py, Date.to_date).
 */
export function parseDay(value: unknown): string | null {
  if (!pythonTruth(value)) return null
  return checkedDay(textOf(value).slice(0, 10))
}

/**
 * A moment from what a client wrote: `YYYY-MM-DD` is midnight, else `YYYY-MM-DD HH:MM:SS` and nothing more
 * (odoo 18.0 fields.py, Datetime.to_datetime).
 */
export function parseMoment(value: unknown): string | null {
  if (!pythonTruth(value)) return null
  const text = textOf(value)
  if (text.length <= 10) return `${checkedDay(text)} 00:00:00`
  const [, day, time, rest] = /^(\d{4}-\d{1,2}-\d{1,2}) (\d{1,2}:\d{1,2}:\d{1,2})(.*)$/s.exec(text) ?? []
  if (day === undefined || time === undefined) throw mismatch(text, '%Y-%m-%d %H:%M:%S')
  if (rest !== '') throw valueError(`unconverted data remains: ${rest}`)
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number)
  if (hours > 23 || minutes > 59 || seconds > 59) throw mismatch(text, '%Y-%m-%d %H:%M:%S')
  return `${checkedDay(day)} ${[hours, minutes, seconds].map((part) => String(part).padStart(2, '0')).join(':')}`
}

function checkedDay(text: string): string {
  const parts = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text)
  // Python cuts its format by the text's length less two; the message shows that.
  if (parts === null) throw mismatch(text, '%Y-%m-%d'.slice(0, Math.max(0, text.length - 2)))
  const [, year = '', month = '', day = ''] = parts
  if (Number(month) < 1 || Number(month) > 12) throw mismatch(text, '%Y-%m-%d')
  if (Number(year) === 0) throw valueError('year 0 is out of range')
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  if (Number(day) < 1 || date.getUTCDate() !== Number(day)) throw valueError('day is out of range for month')
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') throw typeError(`object of type '${pythonType(value)}' has no len()`)
  return value
}

function mismatch(text: string, format: string): Error {
  return valueError(`time data '${text}' does not match format '${format}'`)
}
