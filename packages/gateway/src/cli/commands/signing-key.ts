import { listSigningKeysByState, retireSigningKeyNow, rotateSigningKeys } from '../../administration/signing-keys.ts'
import { type AddCommands, BY } from '../command-line/frame.ts'
import { table, timeText } from '../command-line/table.ts'

type Options = { readonly json?: boolean }

/** `signing-key`: the keys that sign access tokens. */
export const addSigningKeyCommands: AddCommands = (program, frame) => {
  const signingKey = program.command('signing-key').description('the keys that sign access tokens')
  signingKey
    .command('list')
    .description('every key: which signs, which still verify, which are retired')
    .option('--json', 'answer JSON')
    .action((options: Options) =>
      frame.onNode(options, async ({ store }) => {
        const keys = await listSigningKeysByState({ store })
        const rows = keys.map(({ kid, algorithm, state, createdAtMs, retiredAtMs, of }) => [
          ...[kid, algorithm, state, timeText(createdAtMs), timeText(retiredAtMs)],
          of === undefined ? 'all' : `${of.database}/${of.api}`,
        ])
        const json = keys.map(({ kid, algorithm, state, createdAtMs, retiredAtMs, of }) => ({
          ...{ kid, algorithm, state, createdAtMs },
          ...(retiredAtMs === undefined ? {} : { retiredAtMs }),
          ...(of === undefined ? {} : { api: of }),
        }))
        const titles = ['KEY ID', 'ALGORITHM', 'STATE', 'MADE', 'RETIRED', 'FOR']
        return { json: { keys: json }, text: table(titles, rows, 'There is no key yet: the first start makes one.') }
      }),
    )
  signingKey
    .command('rotate')
    .description('make a new key that signs from now on; the one before verifies for 25 hours more')
    .option('--json', 'answer JSON')
    .action((options: Options) =>
      frame.onNode(options, async (node) => {
        const kid = await rotateSigningKeys(BY, node)
        return { json: { kid }, text: `The key ${kid} signs from now on, on every node within 5 seconds.` }
      }),
    )
  signingKey
    .command('retire')
    .description('take a key out of use at once: every token that it signed is refused')
    .argument('<kid>', 'the id of the key')
    .option('--json', 'answer JSON')
    .action((kid: string, options: Options) =>
      frame.onNode(options, async (node) => {
        await retireSigningKeyNow(kid, BY, node)
        return { json: { retired: kid }, text: `The key ${kid} is retired: its tokens are refused within 5 seconds.` }
      }),
    )
}
