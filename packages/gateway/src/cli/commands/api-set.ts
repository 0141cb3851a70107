import type { Command } from 'commander'
import { type ApiTerms, changeApi } from '../../administration/edit-api.ts'
import { BY, CommandError, type CommandFrame } from '../command-line/frame.ts'
import { answerOf, listOf } from './api-edits.ts'
import { findApi } from './find-api.ts'
import { policyDeps } from './policy.ts'

/** The word for an empty list, or for no limit. */
const NONE = 'none'

type Options = {
  readonly database?: string
  readonly json?: boolean
  readonly waysIn?: string
  readonly origins?: string
  readonly addresses?: string
  readonly perMinute?: string
}

/** `api set`: who may reach an API, from where and how often. */
export function addApiSetCommand(api: Command, frame: CommandFrame): void {
  api
    .command('set')
    .description('change how an API may be reached: what is not said stays as it is')
    .argument('<name>', 'the API')
    .option('--ways-in <list>', `how somebody may come in: password, api_key; "${NONE}" for nobody`)
    .option('--origins <list>', `the pages that may call it, such as https://app.example.com; "${NONE}"`)
    .option('--addresses <list>', `the networks that may call it, such as 10.0.0.0/8; "${NONE}" for every one`)
    .option('--per-minute <number>', `the most calls of one sign-in in a minute; "${NONE}" for no limit`)
    .option('--database <name>', 'its database, where there are several')
    .option('--json', 'answer JSON')
    .addHelpText(
      'after',
      '\nExample:\n  gatehouse api set shop --ways-in password,api_key --origins https://shop.example.com',
    )
    .action((name: string, options: Options) =>
      frame.onNode(options, async (node) => {
        const { api: found } = await findApi(node, name, options.database)
        return answerOf(await changeApi(found, termsOf(options), BY, policyDeps(node)))
      }),
    )
}

/** What is no way in, no origin or no network, the check of the whole API tells. */
function termsOf({ waysIn, origins, addresses, perMinute }: Options): ApiTerms {
  if ([waysIn, origins, addresses, perMinute].every((text) => text === undefined)) {
    throw new CommandError('Say what to change: --ways-in, --origins, --addresses or --per-minute.')
  }
  return {
    ...(waysIn === undefined ? {} : { waysIn: listOrNone(waysIn) as NonNullable<ApiTerms['waysIn']> }),
    ...(origins === undefined ? {} : { origins: listOrNone(origins) }),
    ...(addresses === undefined ? {} : { addresses: listOrNone(addresses) }),
    ...(perMinute === undefined ? {} : { perMinute: limitOf(perMinute) }),
  }
}

function listOrNone(text: string): string[] {
  return text === NONE ? [] : listOf(text)
}

function limitOf(text: string): number | typeof NONE {
  if (text === NONE) return NONE
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new CommandError(`--per-minute ${text} is no whole number, and not "${NONE}".`)
}
