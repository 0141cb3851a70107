import { endApiKey, findApiKeys, rebindApiKey, requireApiKey, stateOfApiKey } from '../../administration/api-keys.ts'
import { createApiKey } from '../../administration/create-api-key.ts'
import type { ApiKey } from '../../store/api-keys.ts'
import { createGrantRevoker } from '../../tokens/revoke-grant.ts'
import { parseDuration } from '../command-line/duration.ts'
import { type AddCommands, BY } from '../command-line/frame.ts'
import { withOdoo } from '../command-line/odoo-of-node.ts'
import { addProofOptions, type ProofOptions, readProof } from '../command-line/odoo-proof.ts'
import { runningUrl } from '../command-line/running-url.ts'
import { table, timeText } from '../command-line/table.ts'
import { chooseDatabase, findApi } from './find-api.ts'

type Options = { readonly json?: boolean }
type ListOptions = Options & { readonly database?: string; readonly login?: string; readonly api?: string }
type CreateOptions = Options &
  ProofOptions & {
    readonly database?: string
    readonly login: string
    readonly api: string
    readonly name: string
    readonly scope?: readonly string[]
    readonly address?: readonly string[]
    readonly expires?: string
  }

/** `key`: the keys with which programs call. */
export const addKeyCommands: AddCommands = (program, frame) => {
  const key = program.command('key').description('API keys (ghk_…), with which programs call as an Odoo user')
  addProofOptions(
    key
      .command('create')
      .description('make an API key; it is shown once')
      .requiredOption('--login <login>', 'the Odoo user that it acts as')
      .requiredOption('--name <name>', 'what it is for, for people')
      .option('--api <name>', 'the API that it is for', 'default')
      .option('--database <name>', 'its database, where there are several')
      .option(
        '--scope <scope...>',
        'what it may do, such as res.partner:read or *:read; all that the API allows otherwise',
      )
      .option('--expires <time>', 'how long it is good (90d, 24h); until it is revoked otherwise')
      .option('--address <network...>', 'from where it may be used (192.0.2.7, 10.0.0.0/8); everywhere otherwise'),
  )
    .option('--json', 'answer JSON')
    .addHelpText('after', EXAMPLES)
    .action((options: CreateOptions) =>
      frame.onNode(options, async (node) => {
        const { login, name, scope: scopes, address: addresses, expires } = options
        const database = chooseDatabase(node, options.database)
        const { api } = await findApi(node, options.api, database)
        const expiresAtMs = expires === undefined ? undefined : node.clock.nowMs() + parseDuration(expires)
        const proof = await readProof(options, login, `Gatehouse: ${name}`)
        const asked = { name, api, login, proof, scopes, addresses, expiresAtMs }
        const made = await withOdoo(node, (odoo) => createApiKey(asked, BY, { ...node, odoo }))
        const url = await runningUrl(node)
        const end = made.apiKey.expiresAtMs === undefined ? 'it is revoked' : `${timeText(made.apiKey.expiresAtMs)} UTC`
        const text = [
          made.key,
          '',
          `It is not shown again. It acts as "${made.apiKey.login}" through the API "${api.name}" until ${end}.`,
          'Try it:',
          `  curl -sG ${url}/api/send_request -H 'X-API-Key: ${made.key}' -d model=res.partner --data-urlencode 'fields=["name"]' -d limit=3`,
        ]
        return {
          json: { key: made.key, ...shown(made.apiKey, node.clock.nowMs()), actsBy: made.actsBy },
          text: text.join('\n'),
        }
      }),
    )
  key
    .command('list')
    .description('every API key, the newest first: prefix, user, API, last use')
    .option('--database <name>', 'only those of this database')
    .option('--login <login>', 'only those of this Odoo user')
    .option('--api <name>', 'only those for this API')
    .option('--json', 'answer JSON')
    .action((options: ListOptions) =>
      frame.onNode(options, async (node) => {
        const { json: _json, ...filter } = options
        const nowMs = node.clock.nowMs()
        const keys = (await findApiKeys(filter, node)).map((one) => shown(one, nowMs))
        const rows = keys.map((one) => [
          ...[one.prefix, one.name, one.login, `${one.database}/${one.api}`, one.state],
          ...[timeText(one.expiresAtMs), timeText(one.lastUsedAtMs), one.id],
        ])
        const titles = ['PREFIX', 'NAME', 'LOGIN', 'API', 'STATE', 'EXPIRES', 'LAST USED', 'ID']
        return {
          json: { keys },
          text: table(titles, rows, noneText(Object.values(filter).some((value) => value !== undefined))),
        }
      }),
    )
  key
    .command('revoke')
    .description('revoke an API key for good: every node refuses it within 5 seconds')
    .argument('<key>', 'its prefix (twelve characters) or its id, never the whole key')
    .option('--json', 'answer JSON')
    .action((name: string, options: Options) =>
      frame.onNode(options, async (node) => {
        const found = await requireApiKey(name, node)
        const isFirst = await endApiKey(found, BY, { ...node, revokeGrant: createGrantRevoker(node) })
        const what = `The API key ${found.prefix}… ("${found.name}")`
        const text = isFirst ? `${what} is revoked: it is refused within 5 seconds.` : `${what} was revoked before.`
        return { json: { revoked: found.id, changed: isFirst }, text }
      }),
    )
  addProofOptions(
    key
      .command('credential')
      .description('give an API key something new to act with, when Odoo does not take the old any more')
      .argument('<key>', 'its prefix (twelve characters) or its id'),
  )
    .option('--json', 'answer JSON')
    .action((name: string, options: Options & ProofOptions) =>
      frame.onNode(options, async (node) => {
        const found = await requireApiKey(name, node)
        const proof = await readProof(options, found.login, `Gatehouse: ${found.name}`)
        const actsBy = await withOdoo(node, (odoo) => rebindApiKey(found, proof, BY, { ...node, odoo }))
        const text = `The API key ${found.prefix}… acts as "${found.login}" with what Odoo has just taken, within 5 seconds.`
        return { json: { key: found.id, actsBy }, text }
      }),
    )
}

function noneText(isFiltered: boolean): string {
  if (isFiltered) return 'There is no such API key: `gatehouse key list` shows them all.'
  return 'There is no API key: make one with `gatehouse key create`.'
}

/** A key as lists show it: never the key, nor its hash. */
function shown(key: ApiKey, nowMs: number) {
  const { id, prefix, name, database, login, uid, api, scopes, addresses, grantId } = key
  const { createdAtMs, expiresAtMs, revokedAtMs, lastUsedAtMs, lastUsedAddress } = key
  const state = stateOfApiKey(key, nowMs)
  return {
    ...{ id, prefix, name, database, login, uid, api, scopes, addresses, state, grantId },
    ...{ createdAtMs, expiresAtMs, revokedAtMs, lastUsedAtMs, lastUsedAddress },
  }
}

const EXAMPLES = `
Examples:
  gatehouse key create --login demo --name "Nightly import" --password-stdin < password.txt
  gatehouse key create --login demo --name Report --scope '*:read' --expires 90d --address 10.0.0.0/8 --mint < password.txt
  gatehouse key create --login totp --name Robot --odoo-key-stdin < odoo-api-key.txt`
