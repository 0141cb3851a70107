import { ApiInput } from 'odoo-gatehouse/src/policy/api.ts'
import type { Caller } from 'odoo-gatehouse/src/policy/caller.ts'
import { compileApi } from 'odoo-gatehouse/src/policy/compile-api.ts'
import { decide } from 'odoo-gatehouse/src/policy/decide.ts'
import type { RecordVerb } from 'odoo-gatehouse/src/policy/verb.ts'
import { median } from './load.ts'
import type { Row } from './report.ts'

const TARGET_US = 5
const ROUNDS = 7
const DECISIONS = 200_000
const MODELS = 100

/** Decisions of each kind, and what each is about. */
const KINDS: readonly (readonly [string, RecordVerb, string])[] = [
  ['plain', 'read', 'x_bench.model_99'],
  ['with a forced domain that names the user and the company', 'update', 'x_bench.forced'],
  ['a verb that is not exposed', 'delete', 'x_bench.model_99'],
  ['a model that is not exposed', 'read', 'ir.rule'],
]

/** One decision about one action on one model, of an API with a hundred models and a token with as many scopes. */
export async function measurePolicyDecision(): Promise<readonly Row[]> {
  const caller = makeCaller()
  const worst = KINDS.map(([what, verb, model]) => {
    const rounds: number[] = []
    for (let round = 0; round < ROUNDS; round++) rounds.push(microsecondsEach(caller, verb, model))
    // The first round is warm-up.
    return { what, microseconds: median(rounds.slice(1)) }
  }).reduce((left, right) => (right.microseconds > left.microseconds ? right : left))
  return [
    {
      what: `policy decision, the slowest of ${KINDS.length} kinds`,
      target: `≤ ${TARGET_US} µs`,
      measured: `${worst.microseconds.toFixed(2)} µs (${worst.what}; median of ${ROUNDS - 1} rounds)`,
      met: worst.microseconds <= TARGET_US,
    },
  ]
}

function microsecondsEach(caller: Caller, verb: RecordVerb, model: string): number {
  let allowed = 0
  const startedAt = performance.now()
  for (let count = 0; count < DECISIONS; count++) if (decide(caller, verb, model).kind === 'allowed') allowed++
  const tookMs = performance.now() - startedAt
  // Used, so that the loop is not taken away.
  if (allowed !== 0 && allowed !== DECISIONS) throw new Error('One question was decided in two ways.')
  return (tookMs * 1000) / DECISIONS
}

function makeCaller(): Caller {
  const models = Array.from({ length: MODELS }, (_, index) => `x_bench.model_${index}`)
  const exposures = [
    ...models.map((model) => ({ model, verbs: ['read', 'update'] })),
    {
      model: 'x_bench.forced',
      verbs: ['read', 'update'],
      forcedDomain:
        "['|', ('user_id', '=', '$uid'), ('user_id', '=', False), ('company_id', 'in', [False, '$company_id'])]",
    },
  ]
  // The scope that counts comes last.
  const scopes = [...models, 'x_bench.forced'].flatMap((model) => [`${model}:update`, `${model}:read`])
  return {
    api: compileApi(ApiInput.parse({ name: 'bench', database: 'demo', scopes, exposures })),
    companyId: 1,
    principal: {
      kind: 'user',
      database: 'demo',
      uid: 6,
      login: 'demo',
      grantId: 'gr_bench',
      api: 'bench',
      clientId: 'bench',
      scopes,
      administrator: false,
    },
  }
}
