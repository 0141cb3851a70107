import type { Command } from 'commander'
import type { ApiPlan } from '../../administration/apply-policy.ts'
import { createApi, type ExposureChange, exposeModel, unexposeModel } from '../../administration/edit-api.ts'
import type { ApiDocument, ExposureDocument } from '../../policy/api-document.ts'
import { BY, type CommandAnswer, CommandError, type CommandFrame } from '../command-line/frame.ts'
import { chooseDatabase, findApi } from './find-api.ts'
import { describePlan, policyDeps } from './policy.ts'

/** The word for every field that Odoo shows to the user, in place of a list. */
const ALL_FIELDS = 'all'

type Options = { readonly database?: string; readonly json?: boolean }

type ExposeOptions = Options & {
  readonly verbs?: string
  readonly fields?: string
  readonly writable?: string
  readonly domain?: string
  readonly alias?: string
  readonly limit?: string
  readonly dangerous?: boolean
}

/** `api create`, `api expose`, `api unexpose`: a policy without a file. */
export function addApiEditCommands(api: Command, frame: CommandFrame): void {
  api
    .command('create')
    .description('make an API that exposes nothing yet')
    .argument('<name>')
    .option('--database <name>', 'its database, where there are several')
    .option('--ways-in <list>', 'how somebody may come in: password, api_key', 'password')
    .option('--json', 'answer JSON')
    .action((name: string, options: Options & { waysIn: string }) =>
      frame.onNewNode(options, async (node) => {
        const ref = { database: chooseDatabase(node, options.database), name }
        // What is no way in, the check of the whole API tells.
        const waysIn = listOf(options.waysIn) as NonNullable<ApiDocument['waysIn']>
        return answerOf(await createApi(ref, { waysIn }, BY, policyDeps(node)))
      }),
    )
  api
    .command('expose')
    .description('expose a model, or change how it is exposed: what is not said stays as it is')
    .argument('<name>', 'the API')
    .argument('<model>', 'the technical name of the model, such as res.partner')
    .option('--verbs <list>', 'read, create, update, delete: exactly these')
    .option('--fields <list>', `the fields that may be read; "${ALL_FIELDS}" for every field that Odoo shows`)
    .option('--writable <list>', 'the fields that may be written; those that may be read, otherwise')
    .option('--domain <domain>', `the forced domain, such as "[('company_id', '=', '$company_id')]"; "[]" for none`)
    .option('--alias <name>', 'another name in paths')
    .option('--limit <number>', 'the most records of one page')
    .option(
      '--dangerous',
      'say that writing to a model that Odoo rests on, or reading one that holds secrets, is meant',
    )
    .option('--database <name>', 'its database, where there are several')
    .option('--json', 'answer JSON')
    .addHelpText('after', '\nExample:\n  gatehouse api expose shop res.partner --verbs read,create --fields name,email')
    .action((name: string, model: string, options: ExposeOptions) =>
      frame.onNode(options, async (node) => {
        const { api: found } = await findApi(node, name, options.database)
        return answerOf(await exposeModel(found, model, changeOf(options), BY, policyDeps(node)))
      }),
    )
  api
    .command('unexpose')
    .description('take a model out of an API: it is denied from then on')
    .argument('<name>', 'the API')
    .argument('<model>')
    .option('--database <name>', 'its database, where there are several')
    .option('--json', 'answer JSON')
    .action((name: string, model: string, options: Options) =>
      frame.onNode(options, async (node) => {
        const { api: found } = await findApi(node, name, options.database)
        return answerOf(await unexposeModel(found, model, BY, policyDeps(node)))
      }),
    )
}

/** What is no verb or no field, the check of the whole API tells. */
function changeOf({ verbs, fields, writable, domain, alias, limit, dangerous }: ExposeOptions): ExposureChange {
  return {
    ...(verbs === undefined ? {} : { verbs: listOf(verbs) as ExposureDocument['verbs'] }),
    ...fieldsOf('readableFields', fields),
    ...fieldsOf('writableFields', writable),
    ...(domain === undefined ? {} : { forcedDomain: domain }),
    ...(alias === undefined ? {} : { alias }),
    ...(limit === undefined ? {} : { limitMax: numberOf(limit) }),
    ...(dangerous === true ? { dangerous } : {}),
  }
}

/** `all` takes a list away, and with it the bound. */
function fieldsOf(name: 'readableFields' | 'writableFields', text: string | undefined): ExposureChange {
  if (text === undefined) return {}
  return { [name]: text === ALL_FIELDS ? undefined : listOf(text) }
}

/** The items of a list with commas. */
export function listOf(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

function numberOf(text: string): number {
  const number = Number(text)
  if (Number.isInteger(number)) return number
  throw new CommandError(`--limit ${text} is no whole number.`)
}

/** What a command that changed one API, or found it so already, tells. */
export function answerOf(change: ApiPlan | undefined): CommandAnswer {
  const plan = { changes: change === undefined ? [] : [change], unchanged: change === undefined ? 1 : 0 }
  return { json: plan, text: describePlan(plan, false) }
}
