import {
  createBoundClient,
  createClient,
  disableClient,
  enableClient,
  findClients,
  requireClient,
  rotateClientSecret,
} from '../../administration/clients.ts'
import type { Client } from '../../store/clients.ts'
import { createGrantRevoker } from '../../tokens/revoke-grant.ts'
import { parseDuration } from '../command-line/duration.ts'
import { type AddCommands, BY, CommandError } from '../command-line/frame.ts'
import { withOdoo } from '../command-line/odoo-of-node.ts'
import { addProofOptions, hasProof, type ProofOptions, readProof } from '../command-line/odoo-proof.ts'
import { table, timeText } from '../command-line/table.ts'
import { chooseDatabase, findApi } from './find-api.ts'

type Options = { readonly json?: boolean }
type CreateOptions = Options &
  ProofOptions & {
    readonly database?: string
    readonly login?: string
    readonly api: string
    readonly name: string
    readonly scope?: readonly string[]
    readonly address?: readonly string[]
  }

/** `client`: the programs that may ask for tokens. */
export const addClientCommands: AddCommands = (program, frame) => {
  const client = program.command('client').description('OAuth clients: programs that ask for tokens with a secret')
  addProofOptions(
    client
      .command('create')
      .description('make a client; its secret is shown once')
      .requiredOption('--name <name>', 'what it is, for people')
      .option('--api <name>', 'the API that it is for', 'default')
      .option('--database <name>', 'its database, where there are several')
      .option('--login <login>', 'the Odoo user that it acts as where nobody signs in; none otherwise')
      .option('--scope <scope...>', 'what it may do at most, such as res.partner:read')
      .option('--address <network...>', 'from where it may be used (10.0.0.0/8); everywhere otherwise'),
  )
    .option('--json', 'answer JSON')
    .addHelpText('after', EXAMPLES)
    .action((options: CreateOptions) =>
      frame.onNode(options, async (node) => {
        const { login, name, scope: scopes, address: addresses } = options
        if (login === undefined && hasProof(options)) {
          throw new CommandError('Say which Odoo user this password or key is of: add --login.')
        }
        const { api } = await findApi(node, options.api, chooseDatabase(node, options.database))
        const asked = { name, api, scopes, addresses }
        const { client: made, secret } =
          login === undefined ? await createClient(asked, BY, node) : await createBound({ ...asked, login })
        const text = [
          ...[`client_id      ${made.clientId}`, `client_secret  ${secret}`, ''],
          `The secret is not shown again. The client acts as ${made.user === undefined ? 'whoever signs in' : `"${made.user.login}"`} through the API "${made.api}".`,
        ]
        return { json: { ...shown(made, node.clock.nowMs()), clientSecret: secret }, text: text.join('\n') }

        async function createBound({ login: as, ...rest }: typeof asked & { readonly login: string }) {
          const proof = await readProof(options, as, `Gatehouse: ${name}`)
          return withOdoo(node, (odoo) => createBoundClient({ ...rest, login: as, proof }, BY, { ...node, odoo }))
        }
      }),
    )
  client
    .command('list')
    .description('every client, the newest first')
    .option('--database <name>', 'only those of this database')
    .option('--json', 'answer JSON')
    .action((options: Options & { database?: string }) =>
      frame.onNode(options, async (node) => {
        const { json: _json, ...filter } = options
        const clients = (await findClients(filter, node)).map((one) => shown(one, node.clock.nowMs()))
        const rows = clients.map((one) => [
          ...[one.clientId, one.name, one.login ?? '-', `${one.database}/${one.api}`, one.state],
          ...[timeText(one.previousSecretUntilMs), timeText(one.createdAtMs)],
        ])
        const titles = ['CLIENT ID', 'NAME', 'LOGIN', 'API', 'STATE', 'OLD SECRET UNTIL', 'MADE']
        const none = 'There is no client: make one with `gatehouse client create`.'
        return { json: { clients }, text: table(titles, rows, none) }
      }),
    )
  client
    .command('rotate')
    .description('give a client a new secret; it is shown once')
    .argument('<client_id>')
    .option('--overlap <time>', 'how long the old secret stays good (24h, 7d)', '0h')
    .option('--json', 'answer JSON')
    .addHelpText('after', '\nExample:\n  gatehouse client rotate client_… --overlap 24h')
    .action((clientId: string, options: Options & { overlap: string }) =>
      frame.onNode(options, async (node) => {
        const overlapMs = parseDuration(options.overlap)
        const { client: made, secret } = await rotateClientSecret(clientId, overlapMs, BY, node)
        const { previousSecretUntilMs: untilMs } = shown(made, node.clock.nowMs())
        const old =
          untilMs === undefined ? 'The old one is good no more.' : `The old one is good until ${timeText(untilMs)} UTC.`
        const text = [`client_secret  ${secret}`, '', `The secret is not shown again. ${old}`]
        return { json: { ...shown(made, node.clock.nowMs()), clientSecret: secret }, text: text.join('\n') }
      }),
    )
  client
    .command('disable')
    .description('shut a client off, and end every token that it has')
    .argument('<client_id>')
    .option('--json', 'answer JSON')
    .action((clientId: string, options: Options) =>
      frame.onNode(options, async (node) => {
        const ended = await disableClient(clientId, BY, { ...node, revokeGrant: createGrantRevoker(node) })
        const text = `The client ${clientId} is shut off; ${ended} of its grants have ended.`
        return { json: { disabled: clientId, endedGrants: ended }, text }
      }),
    )
  client
    .command('enable')
    .description('let a client in again')
    .argument('<client_id>')
    .option('--json', 'answer JSON')
    .action((clientId: string, options: Options) =>
      frame.onNode(options, async (node) => {
        await enableClient(clientId, BY, node)
        const { name } = await requireClient(clientId, node)
        return { json: { enabled: clientId }, text: `The client ${clientId} ("${name}") may ask for tokens again.` }
      }),
    )
}

/** A client as lists show it: never a secret, nor its hash. */
function shown(client: Client, nowMs: number) {
  const { clientId, name, database, api, scopes, addresses, createdAtMs, disabledAtMs, secretChangedAtMs, user } =
    client
  const untilMs = client.previousSecret?.untilMs
  return {
    ...{ clientId, name, database, api, scopes, addresses, createdAtMs, disabledAtMs, secretChangedAtMs },
    ...{ login: user?.login, uid: user?.uid, state: disabledAtMs === undefined ? 'active' : 'disabled' },
    previousSecretUntilMs: untilMs !== undefined && untilMs > nowMs ? untilMs : undefined,
  }
}

const EXAMPLES = `
Examples:
  gatehouse client create --name Shop
  gatehouse client create --name "Price sync" --login demo --scope product.template:read --password-stdin < password.txt`
