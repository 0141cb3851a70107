import { sql } from 'kysely'
import type { Store } from './store.ts'
import type { Handle } from './tables.ts'

/** What a node remembers and another node, or a command, may change. */
export const TOPICS = ['apis', 'signing_keys', 'credentials', 'master_key'] as const

/** One of the closed set of topics. */
export type Topic = (typeof TOPICS)[number]

/** Says that something of a topic changed; in the transaction that changes it, so that nobody hears of it too early. */
export async function noteChange(handle: Handle, topic: Topic): Promise<void> {
  await handle
    .insertInto('topic_revision')
    .values({ topic, revision: 1 })
    .onConflict((conflict) =>
      conflict.column('topic').doUpdateSet({ revision: sql<number>`${sql.ref('topic_revision.revision')} + 1` }),
    )
    .execute()
}

/** Told that a topic changed since it was last looked at; a failure is tried again at the next check. */
export type ChangeHearer = () => Promise<void>

/** Hears of changes, wherever they were made. */
export type Changes = {
  /** Adds a hearer. It is not called for what changed before: whoever adds it reads first. */
  on(topic: Topic, hear: ChangeHearer): void
  /**
   * Looks whether anything changed, and tells who waits for it. Called every second or so, and at once when the engine
   * can say that something changed. One check at a time; a call during one is followed by another.
   */
  check(): Promise<void>
}

/** Begins to watch: what changed until now counts as known. */
export async function watchChanges(store: Store): Promise<Changes> {
  const hearers = new Map<Topic, ChangeHearer[]>()
  let known = await revisions(store)
  let running: Promise<void> | undefined
  let again = false

  async function look(): Promise<void> {
    const found = await revisions(store)
    for (const topic of TOPICS) {
      if (found.get(topic) === known.get(topic)) continue
      for (const hear of hearers.get(topic) ?? []) await hear()
      known = new Map([...known, [topic, found.get(topic) ?? 0]])
    }
  }
  async function run(): Promise<void> {
    try {
      do {
        again = false
        await look()
      } while (again)
    } finally {
      running = undefined
    }
  }
  return {
    on: (topic, hear) => {
      hearers.set(topic, [...(hearers.get(topic) ?? []), hear])
    },
    check: () => {
      again = running !== undefined
      running ??= run()
      return running
    },
  }
}

async function revisions(store: Store): Promise<ReadonlyMap<string, number>> {
  const rows = await store.db.selectFrom('topic_revision').selectAll().execute()
  return new Map(rows.map(({ topic, revision }) => [topic, revision]))
}
