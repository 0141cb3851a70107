import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { systemClock } from 'odoo-gatehouse/src/kernel/clock.ts'
import { systemRandom } from 'odoo-gatehouse/src/kernel/random.ts'
import { openStore, type StoreOptions } from 'odoo-gatehouse/src/store/store.ts'
import { DEFAULT_TOKEN_LIFETIMES } from 'odoo-gatehouse/src/tokens/lifetimes.ts'
import { createSealer, deriveMasterKey } from 'odoo-gatehouse/src/tokens/sealer.ts'
import { createTokenService, type TokenService } from 'odoo-gatehouse/src/tokens/token-service.ts'
import pg from 'pg'
import { median } from './load.ts'
import type { Row } from './report.ts'

const ROUNDS = 5
/** Sign-ins that rotate at the same time, one after the other each. */
const CHAINS = 8
const ROTATIONS = 400
const RATIO = 0.4

/** `BEGIN; UPDATE; INSERT; COMMIT` without anything of ours: what a rotation cannot be faster than. */
type Bare = { run(): Promise<void>; close(): Promise<void> }

/** Rotations a second on both engines, beside the bare transaction on the same one. */
export async function measureRotation(): Promise<readonly Row[]> {
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'))
  const rows: Row[] = []
  try {
    const file = join(directory, 'gatehouse.db')
    rows.push(await measure('SQLite FULL', 400, { file }, bareSqlite(join(directory, 'bare.db'))))
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
  const postgres = process.env.TEST_DATABASE_URL
  if (postgres === undefined) process.stdout.write('PostgreSQL is not measured: set TEST_DATABASE_URL\n')
  else rows.push(await onPostgres(postgres))
  return rows
}

/** In a schema of its own, which is removed at the end. */
async function onPostgres(url: string): Promise<Row> {
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  const schema = `gatehouse_bench_${process.pid}`
  await admin.query(`create schema ${schema}`)
  try {
    const postgres = `${url}?options=${encodeURIComponent(`-c search_path=${schema}`)}`
    return await measure('PostgreSQL', 250, { postgres }, await barePostgres(postgres))
  } finally {
    await admin.query(`drop schema ${schema} cascade`)
    await admin.end()
  }
}

async function measure(engine: string, target: number, at: StoreOptions['at'], bare: Bare): Promise<Row> {
  const store = await openStore({ at })
  const sealer = createSealer({
    masterKey: deriveMasterKey('a master secret for the bench, long'),
    random: systemRandom,
  })
  const tokens = await createTokenService({
    store,
    sealer,
    clock: systemClock,
    random: systemRandom,
    issuer: 'http://127.0.0.1:8080',
    lifetimes: DEFAULT_TOKEN_LIFETIMES,
  })
  const rates: number[] = []
  const ratios: number[] = []
  for (let round = 0; round <= ROUNDS; round++) {
    const ours = await perSecond(await rotations(tokens))
    const theirs = await perSecond(Array.from({ length: CHAINS }, () => () => bare.run()))
    // The first round is warm-up.
    if (round === 0) continue
    rates.push(ours)
    ratios.push(ours / theirs)
  }
  await store.close()
  await bare.close()
  const rate = median(rates)
  const ratio = median(ratios)
  return {
    what: `rotation, ${CHAINS} at once, ${engine}`,
    target: `≥ ${target}/s, ≥ ${RATIO} of the bare transaction`,
    measured: `${Math.round(rate)}/s, ${ratio.toFixed(2)} (median of ${ROUNDS} rounds)`,
    met: rate >= target && ratio >= RATIO,
  }
}

/** One function a chain; each call of it rotates the chain's token. */
function rotations(tokens: TokenService): Promise<(() => Promise<void>)[]> {
  return Promise.all(
    Array.from({ length: CHAINS }, async () => {
      const grant = { database: 'bench', uid: 2, login: 'bench', api: 'default', administrator: false }
      let { refreshToken } = await tokens.startGrant({ ...grant, clientId: 'bench', surface: 'bench', scopes: [] })
      return async () => {
        refreshToken = (await tokens.renewRefresh(refreshToken)).refreshToken
      }
    }),
  )
}

async function perSecond(chains: readonly (() => Promise<void>)[]): Promise<number> {
  const startedAt = performance.now()
  await Promise.all(
    chains.map(async (step) => {
      for (let count = 0; count < ROTATIONS / CHAINS; count++) await step()
    }),
  )
  return ROTATIONS / ((performance.now() - startedAt) / 1000)
}

const BARE_TABLE = 'create table if not exists bare (hash text primary key, used bigint)'

function bareSqlite(file: string): Bare {
  const database = new DatabaseSync(file)
  database.exec(`pragma journal_mode = wal; pragma synchronous = full; ${BARE_TABLE}; insert into bare values ('0', 0)`)
  const update = database.prepare('update bare set used = ? where hash = ?')
  const insert = database.prepare('insert into bare values (?, null)')
  let count = 0
  return {
    run: async () => {
      count++
      database.exec('begin immediate')
      update.run(count, String(count - 1))
      insert.run(String(count))
      database.exec('commit')
    },
    close: async () => database.close(),
  }
}

async function barePostgres(url: string): Promise<Bare> {
  const pool = new pg.Pool({ connectionString: url, max: 10 })
  await pool.query(`${BARE_TABLE}; insert into bare values ('0', 0)`)
  let count = 0
  return {
    run: async () => {
      const own = ++count
      const client = await pool.connect()
      try {
        await client.query('begin')
        await client.query('update bare set used = $1 where hash = $2', [own, String(own - 1)])
        await client.query('insert into bare values ($1, null)', [String(own)])
        await client.query('commit')
      } finally {
        client.release()
      }
    },
    close: () => pool.end(),
  }
}
