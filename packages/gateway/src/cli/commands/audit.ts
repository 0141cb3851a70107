import { findAuditEvents } from '../../administration/find-audit-events.ts'
import type { AuditEvent } from '../../store/audit-events.ts'
import { type AddCommands, CommandError } from '../command-line/frame.ts'
import { parseMoment } from '../command-line/moment.ts'
import { table } from '../command-line/table.ts'
import { AUDIT_KINDS } from '../observing/audit-kinds.ts'

type Options = {
  readonly since?: string
  readonly kind?: string
  readonly user?: string
  readonly database?: string
  readonly limit: string
  readonly cursor?: string
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
    .option('--kind <kind>', 'only of this kind, one of those below')
    .option('--user <user>', 'only of this Odoo user: the id or the login')
    .option('--database <name>', 'only of this database')
    .option('--limit <number>', `events of a page, 1 to ${LIMIT_MAX}`, '100')
    .option('--cursor <cursor>', 'the page that the list before has named')
    .option('--json', 'answer JSON')
    .addHelpText(
      'after',
      `\nKinds: ${AUDIT_KINDS.join(', ')}\n\nExample:\n  gatehouse audit list --since 24h --kind sign_in_refused`,
    )
    .action((options: Options) =>
      frame.onNode(options, async (node) => {
        const { kind, database, user, since, cursor } = options
        const sinceMs = since === undefined ? undefined : parseMoment(since, node.clock.nowMs())
        const filter = {
          kind: kind === undefined ? undefined : readKind(kind),
          database,
          user: readUser(user),
          sinceMs,
        }
        const { events, next } = await findAuditEvents(filter, { cursor, limit: readLimit(options.limit) }, node)
        const more = next === undefined ? [] : [`More: add --cursor ${next}`]
        const titles = ['AT', 'KIND', 'USER', 'FROM', 'DETAIL']
        const text = [table(titles, events.map(rowOf), 'There is no such event.'), ...more].join('\n')
        return { json: { events, next }, text }
      }),
    )
}

function rowOf({ atMs, kind, database, uid, login, address, detail }: AuditEvent): readonly string[] {
  const name = login ?? (uid === undefined ? '-' : `#${uid}`)
  const user = database === undefined ? name : `${name}@${database}`
  const facts = Object.entries(detail).map(([fact, value]) => `${fact}=${printed(fact, value)}`)
  return [new Date(atMs).toISOString().slice(0, 19), kind, user, address ?? '-', facts.join(' ')]
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

/** What there is not would find nothing, and look as if nothing had happened. */
function readKind(text: string): string {
  if (AUDIT_KINDS.includes(text)) return text
  throw new CommandError(`There is no kind of event "${text}": there are ${AUDIT_KINDS.join(', ')}.`)
}

function readUser(text: string | undefined): number | string | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : text
}
