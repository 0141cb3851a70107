import type { Command } from 'commander'
import { type ApiOfSecret, retireApiSecrets, setApiSecret } from '../../administration/api-secret.ts'
import { newSecret } from '../../kernel/id.ts'
import { BY, type CommandAnswer, CommandError, type CommandFrame } from '../command-line/frame.ts'
import type { Node } from '../command-line/node.ts'
import { readText } from '../command-line/read-text.ts'
import { findApi } from './find-api.ts'

type Options = {
  readonly database?: string
  readonly json?: boolean
  readonly new?: boolean
  readonly secretFile?: string
  readonly off?: boolean
}

/** `api secret`: tokens that the other side of an API verifies with a secret (HS256). */
export function addApiSecretCommand(api: Command, frame: CommandFrame): void {
  api
    .command('secret')
    .description('sign the tokens of an API with a secret that its other side knows (HS256)')
    .argument('<name>', 'the API')
    .option('--new', 'make the secret; it is shown once')
    .option('--secret-file <file>', 'take the one of this file, at least 32 bytes; "-" reads standard input')
    .option('--off', 'sign with the key pair of the installation again; what the secret signed is refused')
    .option('--database <name>', 'its database, where there are several')
    .option('--json', 'answer JSON')
    .action((name: string, options: Options) =>
      frame.onNode(options, async (node) => {
        const wishes = [options.new, options.secretFile, options.off].filter((wish) => wish !== undefined)
        if (wishes.length !== 1) throw new CommandError('Say one of --new, --secret-file FILE and --off.')
        const { api: found } = await findApi(node, name, options.database)
        if (options.off) return turnOff(found, node)
        return options.secretFile === undefined ? make(found, node) : take(found, options.secretFile, node)
      }),
    )
}

async function make(api: ApiOfSecret, node: Node): Promise<CommandAnswer> {
  const secret = newSecret(node.random)
  const { json, text } = await set(api, secret, node)
  const shown = `secret  ${secret}\n\nThe secret is not shown again. Its bytes are those of this text as it stands. ${text}`
  return { json: { ...json, secret }, text: shown }
}

async function take(api: ApiOfSecret, file: string, node: Node): Promise<CommandAnswer> {
  // An editor ends a file with a line's end, which is no part of a secret.
  return set(api, readText(file).replace(/\r?\n$/, ''), node)
}

async function set({ database, name }: ApiOfSecret, secret: string, node: Node) {
  const kid = await setApiSecret({ database, name }, new TextEncoder().encode(secret), BY, node)
  return {
    json: { database, name, kid },
    text: `Tokens of the API "${name}" are signed with it (HS256, key ${kid}) on every node within 5 seconds; one that it had before verifies for 25 hours more.`,
  }
}

async function turnOff({ database, name }: ApiOfSecret, node: Node): Promise<CommandAnswer> {
  const retired = await retireApiSecrets({ database, name }, BY, node)
  const text =
    retired.length === 0
      ? `The API "${name}" has no secret.`
      : `The API "${name}" has no secret any more: what it signed is refused within 5 seconds.`
  return { json: { database, name, retired }, text }
}
