import { planWithFacts } from './load-facts.ts'
import { planList, planOne } from './plan-read.ts'
import { planCreate, planRemove, planUpdate } from './plan-write.ts'
import type { OdooRecord } from './record.ts'
import type { Records } from './records.ts'
import type { CreateManyRequest } from './request.ts'
import { runByIds, runList } from './run-read.ts'
import { runCreate, runRemove, runUpdate } from './run-write.ts'
import type { RecordsContext } from './upstream.ts'

/** The core over records: each call is planned without effects, then run. Keeps no state. */
export function createRecords(): Records {
  return {
    list(context, request) {
      return share(context, 'list', request, async () => {
        const plan = await planWithFacts(context, request, (planning) => planList(planning, request))
        return runList(context.upstream, plan)
      })
    },
    one(context, request) {
      return share(context, 'one', request, async () => {
        const plan = await planWithFacts(context, request, (planning) => planOne(planning, request))
        return first(await runByIds(context.upstream, plan))
      })
    },
    async create(context, { values, ...request }) {
      const record = first(await createMany(context, { ...request, values: [values] }))
      return { id: record.id, record }
    },
    createMany,
    async update(context, request) {
      const plan = await planWithFacts(context, request, (planning) => planUpdate(planning, request))
      return runUpdate(context.upstream, plan)
    },
    async remove(context, request) {
      const plan = await planWithFacts(context, request, (planning) => planRemove(planning, request))
      await runRemove(context.upstream, plan)
      return { ids: plan.ids }
    },
  }
}

/** A request is data alone, and its plan follows from it, the sign-in and the API: the same text is the same read. */
function share<Answer>(
  { upstream, api }: RecordsContext,
  kind: 'list' | 'one',
  request: object,
  read: () => Promise<Answer>,
): Promise<Answer> {
  return upstream.share(`${kind}/${api.name}/${JSON.stringify(request)}`, read)
}

async function createMany(context: RecordsContext, request: CreateManyRequest): Promise<readonly OdooRecord[]> {
  const plan = await planWithFacts(context, request, (planning) => planCreate(planning, request))
  return runCreate(context.upstream, plan)
}

/** The run answers as many records as the plan has ids, or throws. */
function first(records: readonly OdooRecord[]): OdooRecord {
  const [record] = records
  if (record === undefined) throw new TypeError('A read of one record answered none.')
  return record
}
