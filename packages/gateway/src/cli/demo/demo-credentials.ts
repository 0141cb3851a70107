import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { BindingDeps } from '../../administration/bound-credential.ts'
import { createBoundClient, createClient } from '../../administration/clients.ts'
import { createApiKey } from '../../administration/create-api-key.ts'
import { hashSecret } from '../../kernel/hash.ts'
import { findApiKeyByHash } from '../../store/api-keys.ts'
import { setNodeSetting } from '../../store/node-settings.ts'
import { replacePrivateFile } from '../private-file.ts'
import { DEMO_API, DEMO_SSO_API, demoApis } from './demo-apis.ts'
import { DEMO_BOUND_TO, DEMO_LOGIN, DEMO_PROOF, rebindDemo } from './rebind-demo.ts'

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
export type DemoMakers = BindingDeps

/** Who made and changes what belongs to the demo, for the audit trail. */
const BY = 'demo'

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
  sandboxVersion: string,
  makers: DemoMakers,
): Promise<DemoCredentials> {
  const file = demoCredentialsFile(dataDirectory)
  const known = readSecrets(file)
  const secrets = known ?? (await makeSecrets(facts.database, makers))
  if (known !== undefined) await rebindDemo(known, sandboxVersion, makers)
  await setNodeSetting(makers.store.db, DEMO_BOUND_TO, sandboxVersion)
  const api_key = (await isGood(secrets.api_key, makers)) ? secrets.api_key : await makeKey(facts.database, makers)
  const credentials: DemoCredentials = { ...facts, ...secrets, api_key, sso_api: DEMO_SSO_API }
  replacePrivateFile(file, `${JSON.stringify(credentials, null, 2)}\n`)
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

/** The file shows a key that opens the demo, also after somebody has revoked the one before. */
async function isGood(key: string, { store }: DemoMakers): Promise<boolean> {
  const found = await findApiKeyByHash(store.db, hashSecret(key))
  return found !== undefined && found.revokedAtMs === undefined
}

const DEMO_USER = { login: DEMO_LOGIN, proof: DEMO_PROOF, forSandbox: true }

async function makeKey(database: string, makers: DemoMakers): Promise<string> {
  const asked = { name: 'Demo key', api: demoApi(DEMO_API, database), ...DEMO_USER }
  return (await createApiKey(asked, BY, makers)).key
}

function demoApi(name: string, database: string) {
  const api = demoApis(database).find((one) => one.name === name)
  if (api === undefined) throw new TypeError(`The demo has an API "${name}".`)
  return api
}

async function makeSecrets(database: string, makers: DemoMakers): Promise<Secrets> {
  const api = demoApi(DEMO_API, database)
  const ssoApi = demoApi(DEMO_SSO_API, database)
  const { client, secret } = await createBoundClient({ name: 'Demo client', api, ...DEMO_USER }, BY, makers)
  // This client calls without a secret: nobody is given the one that it has.
  const legacyName = 'Demo client of the legacy identity calls'
  const legacy = await createClient({ name: legacyName, api: ssoApi, forSandbox: true }, BY, makers)
  return {
    client: { client_id: client.clientId, client_secret: secret },
    legacy_identity_client: { client_id: legacy.client.clientId },
    api_key: await makeKey(database, makers),
  }
}
