import { type Sandbox, startSandbox } from '@odoo-gatehouse/sandbox'
import { latencies, median, type Shot } from './load.ts'
import type { Row } from './report.ts'
import { signInToOdoo } from './sign-in.ts'

const PARTNERS = 10_000
const COMPANIES = 2_000
const AT_ONCE = 500

const STARTS = 7
const START_TARGET_MS = 400

const SHOTS = 100
const WARM_UP = 30
const LIST_TARGET_MS = 10
const SEARCH_TARGET_MS = 5

/** The sandbox alone: its start with demo data, then a list with relations and searches among 10,000 partners. */
export async function measureSandbox(): Promise<readonly Row[]> {
  const start = await measureStarts()
  const sandbox = await startSandbox()
  try {
    const cookie = await signInToOdoo(sandbox.url)
    await fill(sandbox, cookie)
    const rows = [start]
    for (const { what, targetMs, call } of CALLS) rows.push(await measureCall(sandbox, cookie, what, targetMs, call))
    return rows
  } finally {
    await sandbox.close()
  }
}

type Call = { readonly method: string; readonly args: readonly unknown[]; readonly kwargs: object }

/** What a front end asks for. Text is searched also with letters whose capitals only Unicode knows. */
const CALLS: readonly { readonly what: string; readonly targetMs: number; readonly call: Call }[] = [
  {
    what: 'list of 80 with two nested relations',
    targetMs: LIST_TARGET_MS,
    call: {
      method: 'web_search_read',
      args: [],
      kwargs: {
        domain: [['is_company', '=', true]],
        specification: {
          display_name: {},
          email: {},
          country_id: { fields: { display_name: {}, code: {} } },
          child_ids: { fields: { name: {}, email: {} } },
        },
        limit: 80,
        offset: 0,
        order: 'name',
      },
    },
  },
  {
    what: 'list of 80 contacts with tags and their company',
    targetMs: LIST_TARGET_MS,
    call: {
      method: 'web_search_read',
      args: [],
      kwargs: {
        domain: [],
        specification: {
          display_name: {},
          category_id: { fields: { display_name: {}, color: {} } },
          parent_id: { fields: { display_name: {}, phone: {} } },
        },
        limit: 80,
        offset: 400,
      },
    },
  },
  ...['zzz 77', 'ZŁOTA 77', 'nothing like it'].map((text) => ({
    what: `search by ilike '${text}'`,
    targetMs: SEARCH_TARGET_MS,
    call: { method: 'search', args: [[['name', 'ilike', text]]], kwargs: { limit: 80 } },
  })),
]

async function measureStarts(): Promise<Row> {
  const starts: number[] = []
  for (let start = 0; start < STARTS; start++) {
    const startedAt = performance.now()
    const sandbox = await startSandbox()
    starts.push(performance.now() - startedAt)
    await sandbox.close()
  }
  // The first one compiles the code as well, which a process does once.
  const first = starts[0] ?? Number.NaN
  return {
    what: 'the sandbox with demo data, to listening',
    target: `≤ ${START_TARGET_MS} ms`,
    measured: `${first.toFixed(0)} ms the first time, then ${median(starts.slice(1)).toFixed(0)} ms`,
    met: first <= START_TARGET_MS,
  }
}

/** Makes the partners through the ORM, as a client does: companies, and people in them. */
async function fill(sandbox: Sandbox, cookie: string): Promise<void> {
  const create = (values: readonly object[]) =>
    send<number[]>(sandbox, cookie, { method: 'create', args: [values], kwargs: {} })
  const companies = await create(
    Array.from({ length: COMPANIES }, (_, n) => ({
      name: `Zzz ${n} Żółta Złota ${n}`,
      is_company: true,
      country_id: 1 + (n % 200),
    })),
  )
  for (let made = COMPANIES; made < PARTNERS; made += AT_ONCE) {
    await create(
      Array.from({ length: AT_ONCE }, (_, n) => ({
        name: `Contact ${made + n} of Złota`,
        email: `contact-${made + n}@example.com`,
        parent_id: companies[(made + n) % COMPANIES],
        category_id: [[6, 0, [1 + (n % 4)]]],
      })),
    )
  }
}

async function measureCall(sandbox: Sandbox, cookie: string, what: string, targetMs: number, call: Call): Promise<Row> {
  const shot = shotOf(sandbox, cookie, call)
  await latencies(shot, WARM_UP)
  const measured = await latencies(shot, SHOTS)
  const middle = median(measured)
  return {
    what: `sandbox with ${PARTNERS} partners: ${what}, p50`,
    target: `≤ ${targetMs} ms`,
    measured: `${middle.toFixed(1)} ms (p95 ${(measured[Math.floor(SHOTS * 0.95)] ?? Number.NaN).toFixed(1)})`,
    met: middle <= targetMs,
  }
}

function shotOf({ url }: Sandbox, cookie: string, call: Call): Shot {
  return {
    url: `${url}/web/dataset/call_kw`,
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify({ params: { model: 'res.partner', ...call } }),
  }
}

async function send<T>(sandbox: Sandbox, cookie: string, call: Call): Promise<T> {
  const { url, method, headers, body = '' } = shotOf(sandbox, cookie, call)
  const answer = (await (await fetch(url, { method, headers, body })).json()) as { result?: T; error?: unknown }
  if (answer.result === undefined) throw new Error(`${call.method} was answered ${JSON.stringify(answer.error)}`)
  return answer.result
}
