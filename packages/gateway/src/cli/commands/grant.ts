import { endGrantsOf, endOneGrant, type GrantOwner } from '../../administration/end-grants.ts'
import { findGrants, GRANT_PAGE_MAX } from '../../administration/find-grants.ts'
import { type Grant, isGrantLive } from '../../store/grants.ts'
import { createGrantRevoker } from '../../tokens/revoke-grant.ts'
import { type AddCommands, BY, CommandError } from '../command-line/frame.ts'
import { table, timeText } from '../command-line/table.ts'
import { chooseDatabase } from './find-api.ts'

type Options = { readonly json?: boolean }
type ListOptions = Options & {
  readonly database?: string
  readonly login?: string
  readonly uid?: string
  readonly client?: string
  readonly surface?: string
  readonly device?: string
  readonly live?: boolean
  readonly ended?: boolean
  readonly limit: string
  readonly cursor?: string
}
type RevokeOptions = Options & { readonly database?: string; readonly login?: string; readonly client?: string }

/** `grant`: who is signed in, from where, and how to end it. */
export const addGrantCommands: AddCommands = (program, frame) => {
  const grant = program.command('grant').description('grants: each sign-in and each API key is one')
  grant
    .command('list')
    .description('grants, the newest first; ended ones stay for a week')
    .option('--database <name>', 'only those of this database')
    .option('--login <login>', 'only those of this Odoo user')
    .option('--uid <id>', 'only those of this Odoo user, by id')
    .option('--client <client_id>', 'only those of this client')
    .option('--surface <name>', 'only those of this surface (odoo-jwt, send-request, api-key, …)')
    .option('--device <part>', 'only those whose device has this in its name')
    .option('--live', 'only those that live')
    .option('--ended', 'only those that have ended')
    .option('--limit <n>', `how many, 1 to ${GRANT_PAGE_MAX}`, '50')
    .option('--cursor <cursor>', 'the page that the list before has named')
    .option('--json', 'answer JSON')
    .action((options: ListOptions) =>
      frame.onNode(options, async (node) => {
        const { database, login, uid, client: clientId, surface, device, cursor } = options
        const state = options.live ? 'live' : options.ended ? 'ended' : undefined
        const filter = { database, login, uid: wholeNumber(uid, '--uid'), clientId, surface, device, state } as const
        const limit = wholeNumber(options.limit, '--limit') ?? GRANT_PAGE_MAX
        const page = await findGrants(filter, { cursor, limit }, node)
        const grants = page.grants.map((one) => shown(one, node.clock.nowMs()))
        const rows = grants.map((one) => [
          ...[one.id, one.login, `${one.database}/${one.api}`, one.surface, one.state],
          ...[timeText(one.createdAtMs), (one.device ?? '-').slice(0, 40)],
        ])
        const titles = ['GRANT', 'LOGIN', 'API', 'SURFACE', 'STATE', 'SINCE', 'DEVICE']
        const more = page.next === undefined ? [] : [`More: add --cursor ${page.next}`]
        const text = [table(titles, rows, 'There is no such grant.'), ...more].join('\n')
        return { json: { grants, next: page.next }, text }
      }),
    )
  grant
    .command('revoke')
    .description(
      'end one grant, or all of a user, or all of a client; with both options, those of the user with that client',
    )
    .argument('[grant]', 'the id of the grant')
    .option('--login <login>', 'all of this Odoo user, keys too')
    .option('--database <name>', 'the database of the user, where there are several')
    .option('--client <client_id>', 'all of this client')
    .option('--json', 'answer JSON')
    .addHelpText('after', EXAMPLES)
    .action((grantId: string | undefined, options: RevokeOptions) =>
      frame.onNode(options, async (node) => {
        const deps = { ...node, revokeGrant: createGrantRevoker(node) }
        const { login, client: clientId } = options
        if ((grantId === undefined) === (login === undefined && clientId === undefined)) {
          throw new CommandError('Name a grant, or --login or --client for all of theirs.')
        }
        if (grantId !== undefined) {
          const isFirst = await endOneGrant(grantId, BY, deps)
          const text = isFirst
            ? `The grant ${grantId} has ended: its tokens are refused within 5 seconds.`
            : `The grant ${grantId} had ended before.`
          return { json: { ended: isFirst ? 1 : 0 }, text }
        }
        const owner = ownerOf()
        const ended = await endGrantsOf(owner, 'revoked_by_administrator', BY, deps)
        if (ended === 0) throw new CommandError(`No grant of ${whose(options)} lives: see \`gatehouse grant list\`.`)
        const text =
          ended === 1
            ? '1 grant has ended: its tokens are refused within 5 seconds.'
            : `${ended} grants have ended: their tokens are refused within 5 seconds.`
        return { json: { ended }, text }

        function ownerOf(): GrantOwner {
          if (login !== undefined) return { database: chooseDatabase(node, options.database), login, clientId }
          return { clientId: clientId ?? '', database: options.database }
        }
      }),
    )
}

function whose({ login, client }: RevokeOptions): string {
  const user = login === undefined ? [] : [`"${login}"`]
  return [...user, ...(client === undefined ? [] : [`the client "${client}"`])].join(' with ')
}

function wholeNumber(text: string | undefined, option: string): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d{1,9}$/.test(text)) throw new CommandError(`${option} takes a whole number, not "${text}".`)
  return Number(text)
}

/** A grant as lists show it. */
function shown(grant: Grant, nowMs: number) {
  const { id, database, uid, login, api, clientId, surface, scopes, device } = grant
  const { createdAtMs, expiresAtMs, endedAtMs, endedReason } = grant
  return {
    ...{ id, database, uid, login, api, clientId, surface, scopes, device },
    ...{ createdAtMs, expiresAtMs, endedAtMs, endedReason, state: isGrantLive(grant, nowMs) ? 'live' : 'ended' },
  }
}

const EXAMPLES = `
Examples:
  gatehouse grant revoke gr_…
  gatehouse grant revoke --login demo
  gatehouse grant revoke --client odoo-jwt`
