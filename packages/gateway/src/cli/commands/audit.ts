import { type AuditEvent, listAuditEvents } from '../../store/audit-events.ts'
import { type AddCommands, CommandError } from '../command-line/frame.ts'
import { parseMoment } from '../command-line/moment.ts'
import { table } from '../command-line/table.ts'

type Options = {
  readonly since?: string
  readonly kind?: string
  readonly user?: string
  readonly database?: string
  readonly limit: string
  readonly after?: string
  readonly json?: boolean
}

/** The most events of one page. */
const LIMIT_MAX = 10_000

/** `audit`: what happened, for whoever looks later. */
export const addAuditCommands: AddCommands = (program, frame) => {
  const audit = program.command('audit').description('what happened: sign-ins, refusals, changes')
  audit
    .command('list')
    .description('events of the audit trail, the newest first')
    .option('--since <moment>', 'only from then on: 2026-11-21, 2026-11-21T09:30Z, or 15m, 24h, 7d ago')
    .option('--kind <kind>', 'only of this kind, such as sign_in_refused')
    .option('--user <user>', 'only of this Odoo user: the id or the login')
    .option('--database <name>', 'only of this database')
    .option('--limit <number>', `events of a page, 1 to ${LIMIT_MAX}`, '100')
    .option('--after <cursor>', 'the page behind the one that ended with this cursor')
    .option('--json', 'answer JSON')
    .addHelpText('after', '\nExample:\n  gatehouse audit list --since 24h --kind sign_in_refused')
    .action((options: Options) =>
      frame.onNode(options, async ({ store, clock }) => {
        const limit = readLimit(options.limit)
        const found = await listAuditEvents(store.db, limit + 1, {
          kind: options.kind,
          database: options.database,
          user: readUser(options.user),
          sinceMs: options.since === undefined ? undefined : parseMoment(options.since, clock.nowMs()),
          before: options.after === undefined ? undefined : readCursor(options.after),
        })
        const events = found.slice(0, limit)
        const last = events.at(-1)
        const next = found.length > limit && last !== undefined ? `${last.atMs}.${last.id}` : undefined
        const more = next === undefined ? '' : `\nThere are more: repeat the command with --after ${next}`
        return {
          json: { events, ...(next === undefined ? {} : { next }) },
          text: `${table(['AT', 'KIND', 'USER', 'FROM', 'DETAIL'], events.map(rowOf), 'There is no such event.')}${more}`,
        }
      }),
    )
}

function rowOf({ atMs, kind, database, uid, login, address, detail }: AuditEvent): readonly string[] {
  const name = login ?? (uid === undefined ? undefined : `#${uid}`)
  const user = [name, database].filter((part) => part !== undefined).join('@')
  const facts = Object.entries(detail).map(([fact, value]) => `${fact}=${printed(fact, value)}`)
  return [new Date(atMs).toISOString().slice(0, 19), kind, user || '-', address ?? '-', facts.join(' ')]
}

function printed(fact: string, value: unknown): string {
  if (typeof value === 'number' && fact.endsWith('AtMs')) return new Date(value).toISOString().slice(0, 19)
  // What a client named is shown as a terminal can bear it.
  return typeof value === 'string' && /^[\w.:@/-]+$/.test(value) ? value : JSON.stringify(value)
}

function readLimit(text: string): number {
  const limit = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (limit < 1 || limit > LIMIT_MAX) throw new CommandError(`--limit must be a number from 1 to ${LIMIT_MAX}.`)
  return limit
}

function readUser(text: string | undefined): number | string | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : text
}

function readCursor(text: string): { atMs: number; id: string } {
  const [, atMs, id] = /^(\d{1,16})\.(\S+)$/.exec(text) ?? []
  if (atMs === undefined || id === undefined) {
    throw new CommandError('--after must be the cursor that the page before ended with.')
  }
  return { atMs: Number(atMs), id }
}
