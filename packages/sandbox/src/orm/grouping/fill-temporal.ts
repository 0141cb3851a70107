import { firstDayOfWeek } from '../../domain/date-column.ts'
import type { Orm } from '../../engine/contract.ts'
import { typeError } from '../../fault/odoo-fault.ts'
import { clockText, SPANS } from '../../time/date-group.ts'
import { clockMs } from '../../time/zoned-time.ts'
import type { GroupRow, Groups } from './group-rows.ts'

/** The most groups that are added; a span of hours over years is more than anybody draws. */
const ADDED_MAX = 10_000

/** Is a chart without holes asked for, with the context key `fill_temporal`? */
export function fillsTemporal(orm: Orm): boolean {
  const asked = orm.context.fill_temporal
  return asked === true || (typeof asked === 'object' && asked !== null && !Array.isArray(asked))
}

/**
 * Adds the groups between the first and the last span of time of the first key, or between `fill_from` and `fill_to`, at
 * least `min_groups` (odoo 18.0 models.py, _read_group_fill_temporal).
 */
export function fillTemporal(orm: Orm, groups: Groups): Groups {
  const [key] = groups.keys
  const span = SPANS[key?.granularity ?? '']
  if (key === undefined || span === undefined) return groups
  const asked: Readonly<Record<string, unknown>> = Object(orm.context.fill_temporal)
  const firstDay = firstDayOfWeek(orm)
  const given = (bound: unknown): number | undefined =>
    typeof bound === 'string' && bound !== '' ? span.start(clockMs(bound), firstDay) : undefined
  const starts = groups.rows.flatMap(({ values }) => (typeof values[0] === 'string' ? [clockMs(values[0])] : []))
  const [from, to] = [given(asked.fill_from), given(asked.fill_to)]
  if (key.field.type === 'datetime' && starts.length > 0 && (from ?? to) !== undefined) {
    throw typeError("can't compare datetime.datetime to datetime.date")
  }
  const first = from ?? starts[0] ?? to
  const last = to ?? starts.at(-1) ?? from
  if (first === undefined || last === undefined) return groups
  const least = typeof asked.min_groups === 'number' ? asked.min_groups : 0
  const wanted = new Set<number>(starts)
  let at = first
  for (let count = 0; count < ADDED_MAX && (at <= last || count < least); count += 1, at = span.next(at)) wanted.add(at)
  return { ...groups, rows: filled(groups, [...wanted].toSorted((a, b) => a - b).map(clockText)) }
}

function filled(groups: Groups, starts: readonly string[]): GroupRow[] {
  const byStart = Map.groupBy(groups.rows, ({ values }) => values[0])
  const aggregates = groups.aggregates.map(({ empty }) => empty)
  const none = groups.keys.slice(1).map(() => false)
  return [
    ...starts.flatMap((start) => byStart.get(start) ?? [{ values: [start, ...none], aggregates }]),
    ...(byStart.get(false) ?? []),
  ]
}
