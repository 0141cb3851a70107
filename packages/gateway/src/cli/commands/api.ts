import { type EffectiveApi, loadEffectiveApis } from '../../administration/effective-apis.ts'
import { removeApi } from '../../administration/remove-api.ts'
import { writePolicyFile } from '../../config/policy-file.ts'
import { documentOf } from '../../policy/api-document.ts'
import { type AddCommands, BY } from '../command-line/frame.ts'
import { table, timeText } from '../command-line/table.ts'
import { givenApis } from '../configured.ts'
import { addApiEditCommands } from './api-edits.ts'
import { addApiSecretCommand } from './api-secret.ts'
import { addApiSetCommand } from './api-set.ts'
import { findApi } from './find-api.ts'

type Options = { readonly database?: string; readonly json?: boolean }

/** `api`: the doors of the gateway, one by one. */
export const addApiCommands: AddCommands = (program, frame) => {
  const api = program.command('api').description('the APIs (doors): which models, verbs and fields each shows')
  api
    .command('list')
    .description('every API that is in effect')
    .option('--database <name>', 'only those of this database')
    .option('--json', 'answer JSON')
    .action((options: Options) =>
      frame.onNode(options, async (node) => {
        const { apis, unusable } = await loadEffectiveApis(node.store.db, givenApis(node.settings))
        const listed = apis.filter(
          ({ api: { database } }) => options.database === undefined || database === options.database,
        )
        const rows = listed.map(rowOf)
        const warnings = unusable.map(
          ({ database, name, reason }) => `${database}/${name} is stored and cannot be used: ${reason}.`,
        )
        const text = table(
          ['DATABASE', 'NAME', 'MODELS', 'FROM', 'CHANGED', 'BY'],
          rows,
          'There is no API: make one with `gatehouse api create NAME`, or set those of a file with `gatehouse apply FILE`.',
        )
        return { json: { apis: listed.map(listedJson), unusable }, text: [text, ...warnings].join('\n') }
      }),
    )
  api
    .command('show')
    .description('one API, as a policy file has it')
    .argument('<name>')
    .option('--database <name>', 'its database, where there are several')
    .option('--json', 'answer JSON')
    .action((name: string, options: Options) =>
      frame.onNode(options, async (node) => {
        const found = await findApi(node, name, options.database)
        const document = documentOf(found.api)
        return { json: { ...listedJson(found), api: document }, text: writePolicyFile([document]) }
      }),
    )
  addApiEditCommands(api, frame)
  addApiSecretCommand(api, frame)
  addApiSetCommand(api, frame)
  api
    .command('remove')
    .description('take a stored API away: its sign-ins are refused from then on')
    .argument('<name>')
    .option('--database <name>', 'its database, where there are several')
    .option('--json', 'answer JSON')
    .action((name: string, options: Options) =>
      frame.onNode(options, async (node) => {
        const {
          api: { database },
          source,
        } = await findApi(node, name, options.database)
        await removeApi({ database, name, source }, BY, node)
        return {
          json: { removed: { database, name } },
          text: `The API "${name}" of the database "${database}" is removed.`,
        }
      }),
    )
}

function rowOf({ api, source, change }: EffectiveApi): readonly string[] {
  return [api.database, api.name, String(api.exposures.length), source, timeText(change?.atMs), change?.by ?? '-']
}

function listedJson({ api, source, change }: EffectiveApi) {
  const { database, name, exposures } = api
  return {
    database,
    name,
    models: exposures.map(({ model }) => model),
    source,
    ...(change === undefined ? {} : { change }),
  }
}
