import type { Engine, Orm } from '../engine/contract.ts'
import { openOrm } from '../orm/open-orm.ts'
import { sql } from '../sql/sql-text.ts'
import type { Exchange } from './route.ts'

/** The records as whoever asks sees them; without a sign-in that is the public user. */
export function askersOrm({ engine, session }: Pick<Exchange, 'engine' | 'session'>): Orm {
  return openOrm(engine, session.uid ?? publicUid(engine), {})
}

function publicUid(engine: Engine): number {
  return Number(engine.db.get(sql`SELECT id FROM res_users WHERE login = 'public'`)?.id ?? 0)
}
