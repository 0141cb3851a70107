import type { Orm } from '../engine/contract.ts'
import { type Sql, sql } from '../sql/sql-text.ts'
import { knownZone } from '../time/zoned-time.ts'
import type { Clock } from '../value/domain-moment.ts'

/** A day or a moment as the span or the number that it belongs to; see `dateGroup`. Moments are seen in the context's zone. */
export function dateColumn(orm: Orm, column: Sql, granularity: string): Sql {
  const zone = knownZone(orm.context.tz) ?? null
  return sql`date_group(${column}, ${granularity}, ${zone}, ${firstDayOfWeek(orm)})`
}

/** The day on which weeks begin in the language of the context, else in English: 1 Monday to 7 Sunday. */
export function firstDayOfWeek(orm: Orm): number {
  const wanted = typeof orm.context.lang === 'string' ? orm.context.lang : 'en_US'
  const row = orm.engine.db.get(
    sql`SELECT week_start FROM res_lang WHERE active = 1 ORDER BY code = ${wanted} DESC, code = 'en_US' DESC, id LIMIT 1`,
  )
  return Number(row?.week_start ?? 7)
}

/** Now, and the clock of the user, for the moments of a domain. */
export function clockOf(orm: Orm): Clock {
  return () => {
    const own = orm.asSuperuser().values('res.users', [orm.uid], ['tz']).get(orm.uid)?.tz
    return { nowMs: orm.engine.nowMs(), zone: knownZone(orm.context.tz || own), firstDay: firstDayOfWeek(orm) }
  }
}
