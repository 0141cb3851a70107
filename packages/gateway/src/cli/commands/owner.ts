import { addOwner, listedOwners, makeBootstrapToken, removeOwner } from '../../administration/owners.ts'
import { type AddCommands, BY } from '../command-line/frame.ts'
import { runningUrl } from '../command-line/running-url.ts'
import { table, timeText } from '../command-line/table.ts'

type Options = { readonly json?: boolean }

/** `owner`: who may administer the node itself. Whoever can run this command decides. */
export const addOwnerCommands: AddCommands = (program, frame) => {
  const owner = program.command('owner').description('who may administer this node and everything behind it')
  owner
    .command('add')
    .description('add an owner')
    .argument('<name>', 'letters, digits, ".", "_", "@" and "-"')
    .option('--json', 'answer JSON')
    .action((name: string, options: Options) =>
      frame.onNode(options, async (node) => {
        const { createdAtMs } = await addOwner(name, BY, node)
        return {
          json: { owner: { name, createdAtMs } },
          text: `The owner "${name}" is added: let them in with \`gatehouse owner token ${name}\`.`,
        }
      }),
    )
  owner
    .command('list')
    .description('every owner')
    .option('--json', 'answer JSON')
    .action((options: Options) =>
      frame.onNode(options, async (node) => {
        const owners = await listedOwners(node)
        const rows = owners.map(({ name, createdAtMs }) => [name, timeText(createdAtMs)])
        return {
          json: { owners: owners.map(({ name, createdAtMs }) => ({ name, createdAtMs })) },
          text: table(['NAME', 'ADDED'], rows, 'There is no owner: add one with `gatehouse owner add NAME`.'),
        }
      }),
    )
  owner
    .command('remove')
    .description('remove an owner; their tokens are refused from then on')
    .argument('<name>')
    .option('--json', 'answer JSON')
    .action((name: string, options: Options) =>
      frame.onNode(options, async (node) => {
        await removeOwner(name, BY, node)
        return { json: { removed: name }, text: `The owner "${name}" is removed, and so are their tokens.` }
      }),
    )
  owner
    .command('token')
    .description('make a token that lets an owner into the admin API once, within an hour')
    .argument('<name>')
    .option('--json', 'answer JSON')
    .action((name: string, options: Options) =>
      frame.onNode(options, async (node) => {
        const { token, expiresAtMs } = await makeBootstrapToken(name, BY, node)
        const url = await runningUrl(node)
        const text = [
          token,
          '',
          `It works once, until ${timeText(expiresAtMs)} (UTC), and is not shown again. For a session of the admin API:`,
          `  curl -X POST ${url}/admin/api/session -H 'Authorization: Bearer ${token.slice(0, 8)}…'`,
        ]
        return { json: { token, owner: name, expiresAtMs }, text: text.join('\n') }
      }),
    )
}
