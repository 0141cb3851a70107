import { insertAuditEvent } from '../audit-events.ts'
import { openStore } from '../store.ts'

/*
 * For tests: a process of its own that opens the store `file` and adds `count` audit events, each in a transaction that
 * reads first, as a rotation does. Arguments: file, name of the process, count.
 */
const [file = '', name = '', count = '0'] = process.argv.slice(2)
const store = await openStore({ at: { file } })
for (let number = 0; number < Number(count); number += 1) {
  await store.transaction(async (tx) => {
    await tx.selectFrom('audit_event').select('id').limit(1).execute()
    await insertAuditEvent(tx, { id: `${name}-${number}`, atMs: number, kind: 'test', detail: {} })
  })
}
await store.close()
