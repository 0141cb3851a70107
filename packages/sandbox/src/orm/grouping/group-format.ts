import { firstDayOfWeek } from '../../domain/date-column.ts'
import type { Orm } from '../../engine/contract.ts'
import { clockText, DATE_PARTS, SPANS } from '../../time/date-group.ts'
import { clockMs, fromZone, knownZone } from '../../time/zoned-time.ts'
import type { GroupKey } from './group-key.ts'

/** One value of a group, as clients are told it. */
export type GroupValue = {
  readonly value: unknown
  /** `[id, name]` of a record, the name of a span of time, else the value itself. */
  readonly label: unknown
  /** Which records are in the group. */
  readonly domain: unknown[]
  /** Of a span of time: from when, and until before when; `false` for the records without a time. */
  readonly range: { readonly from: string; readonly to: string } | false | undefined
}

/** Describes the values that a key has in a list of groups (odoo 18.0 models.py, _read_group_format_result). */
export function describeValues(orm: Orm, key: GroupKey, values: readonly unknown[]): (value: unknown) => GroupValue {
  const [head, ...rest] = [...key.path.map((field) => field.name), key.field.name]
  const describe = describer(orm, key, rest.at(-1) ?? head ?? '', values)
  return key.path.reduceRight((inner, field) => alongPath(inner, field.name), describe)
}

function describer(orm: Orm, key: GroupKey, name: string, values: readonly unknown[]): (value: unknown) => GroupValue {
  const { field, granularity } = key
  if (field.relation !== undefined || field.name === 'id') return recordDescriber(orm, key, name, values)
  const span = granularity === undefined ? undefined : SPANS[granularity]
  if (span !== undefined) return spanDescriber(orm, key, name)
  const path = granularity !== undefined && granularity in DATE_PARTS ? `${name}.${granularity}` : name
  return (value) => ({ value, label: value, domain: [[path, '=', value]], range: undefined })
}

function recordDescriber(orm: Orm, key: GroupKey, name: string, values: readonly unknown[]) {
  const { field } = key
  const ids = [...new Set(values)].filter((value) => typeof value === 'number')
  const names = orm.asSuperuser().names(field.relation ?? key.model, ids)
  return (value: unknown): GroupValue => {
    if (typeof value === 'number') {
      return { value, label: [value, names.get(value) ?? ''], domain: [[name, '=', value]], range: undefined }
    }
    const none = field.type === 'many2many' ? withoutLinks(orm, name, ids) : [name, '=', false]
    return { value: false, label: false, domain: [none], range: undefined }
  }
}

function withoutLinks(orm: Orm, name: string, ids: readonly number[]): unknown[] {
  const { unlinked } = orm.engine.version.groups
  return unlinked === 'not in others' ? [name, 'not in', ids] : [name, 'not any', []]
}

function spanDescriber(orm: Orm, { field, granularity = '' }: GroupKey, name: string) {
  const span = SPANS[granularity]
  const firstDay = firstDayOfWeek(orm)
  const timed = field.type === 'datetime'
  const zone = timed ? knownZone(orm.context.tz) : undefined
  const told = (localMs: number): string => clockText(fromZone(localMs, zone)).slice(0, timed ? 19 : 10)
  return (value: unknown): GroupValue => {
    if (span === undefined || typeof value !== 'string') {
      return { value: false, label: false, domain: [[name, '=', false]], range: false }
    }
    const start = clockMs(value)
    const range = { from: told(start), to: told(span.next(start)) }
    const domain = ['&', [name, '>=', range.from], [name, '<', range.to]]
    return { value, label: span.label(start, firstDay), domain, range }
  }
}

/** The same through a many2one. */
function alongPath(inner: (value: unknown) => GroupValue, name: string) {
  return (value: unknown): GroupValue => {
    const described = inner(value)
    const some = [name, 'any', described.domain]
    const domain = described.label === false ? ['|', [name, 'not any', []], some] : [some]
    return { ...described, domain }
  }
}
