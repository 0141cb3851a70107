import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Clock } from '../../kernel/clock.ts'
import { hashSecret } from '../../kernel/hash.ts'
import { newId, newSecret } from '../../kernel/id.ts'
import type { Random } from '../../kernel/random.ts'
import { FULL_SCOPES } from '../../policy/scope.ts'
import { insertApiKey } from '../../store/api-keys.ts'
import { insertClient } from '../../store/clients.ts'
import type { Store } from '../../store/store.ts'
import { DEMO_SSO_API } from './demo-apis.ts'

const FILE = 'demo-credentials.json'

const Credentials = z.strictObject({
  url: z.string(),
  database: z.string(),
  sandbox_url: z.string(),
  users: z.array(z.strictObject({ login: z.string(), password: z.string() })),
  totp_secret: z.string(),
  client: z.strictObject({ client_id: z.string(), client_secret: z.string() }),
  legacy_identity_client: z.strictObject({ client_id: z.string() }),
  api_key: z.string(),
  sso_api: z.string(),
})

/** Everything that opens the demo: what `demo-credentials.json` in the data directory holds. */
export type DemoCredentials = z.infer<typeof Credentials>

/** The facts of a start that the file tells beside the secrets. */
export type DemoFacts = Pick<DemoCredentials, 'url' | 'database' | 'sandbox_url' | 'users' | 'totp_secret'>

/** What making secrets takes. */
export type DemoMakers = { readonly store: Store; readonly clock: Clock; readonly random: Random }

/** The Odoo user that the demo's client and key act as. */
const DEMO_LOGIN = 'demo'

/** Where the demo's credentials are kept. */
export function demoCredentialsFile(dataDirectory: string): string {
  return join(dataDirectory, FILE)
}

/**
 * Makes the demo's credentials on the first start, keeps them on later ones, and writes the file anew with the
 * addresses of this start. The store keeps hashes only; the file is readable by its owner only.
 */
export async function prepareDemoCredentials(
  dataDirectory: string,
  facts: DemoFacts,
  { store, clock, random }: DemoMakers,
): Promise<DemoCredentials> {
  const file = demoCredentialsFile(dataDirectory)
  const secrets = readSecrets(file) ?? (await makeSecrets(facts.database, store, clock, random))
  const credentials: DemoCredentials = { ...facts, ...secrets, sso_api: DEMO_SSO_API }
  const unfinished = `${file}.new`
  writeFileSync(unfinished, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 })
  renameSync(unfinished, file)
  return credentials
}

type Secrets = Pick<DemoCredentials, 'client' | 'legacy_identity_client' | 'api_key'>

/** The secrets of an earlier start; a file that is damaged counts as none. */
function readSecrets(file: string): Secrets | undefined {
  if (!existsSync(file)) return undefined
  try {
    const { client, legacy_identity_client, api_key } = Credentials.parse(JSON.parse(readFileSync(file, 'utf8')))
    return { client, legacy_identity_client, api_key }
  } catch {
    return undefined
  }
}

async function makeSecrets(database: string, store: Store, clock: Clock, random: Random): Promise<Secrets> {
  const client = { client_id: newId('client', random), client_secret: newSecret(random) }
  const legacy = { client_id: newId('client', random) }
  const apiKey = `ghk_${newSecret(random)}`
  const createdAtMs = clock.nowMs()
  const common = {
    database,
    createdAtMs,
    user: undefined,
    disabledAtMs: undefined,
    previousSecret: undefined,
    secretChangedAtMs: undefined,
    scopes: FULL_SCOPES,
    addresses: [],
    lastUsedAtMs: undefined,
    forSandbox: true,
  }
  await store.transaction(async (tx) => {
    await insertClient(tx, {
      ...common,
      clientId: client.client_id,
      secretHash: hashSecret(client.client_secret),
      name: 'Demo client',
      api: 'default',
    })
    await insertClient(tx, {
      ...common,
      clientId: legacy.client_id,
      // This client has no secret: the hash is of one that nobody was given.
      secretHash: hashSecret(newSecret(random)),
      name: 'Demo client of the legacy identity calls',
      api: DEMO_SSO_API,
    })
    await insertApiKey(tx, {
      id: newId('key', random),
      prefix: apiKey.slice(0, 12),
      hash: hashSecret(apiKey),
      name: 'Demo key',
      database,
      login: DEMO_LOGIN,
      api: 'default',
      scopes: FULL_SCOPES,
      uid: 0,
      addresses: [],
      odooCredentialId: '',
      grantId: '',
      createdAtMs,
      expiresAtMs: undefined,
      revokedAtMs: undefined,
      lastUsedAtMs: undefined,
      lastUsedAddress: undefined,
      forSandbox: true,
    })
  })
  return { client, legacy_identity_client: legacy, api_key: apiKey }
}
