import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { shownPartOf } from 'odoo-gatehouse/src/identity/api-keys/api-key.ts'
import { createApiKeyVerifier } from 'odoo-gatehouse/src/identity/api-keys/verify-api-key.ts'
import { systemClock } from 'odoo-gatehouse/src/kernel/clock.ts'
import { hashSecret } from 'odoo-gatehouse/src/kernel/hash.ts'
import { newId, newSecret } from 'odoo-gatehouse/src/kernel/id.ts'
import { systemRandom } from 'odoo-gatehouse/src/kernel/random.ts'
import { insertApiKey } from 'odoo-gatehouse/src/store/api-keys.ts'
import { openStore } from 'odoo-gatehouse/src/store/store.ts'
import { DEFAULT_TOKEN_LIFETIMES } from 'odoo-gatehouse/src/tokens/lifetimes.ts'
import { createSealer, deriveMasterKey } from 'odoo-gatehouse/src/tokens/sealer.ts'
import { createTokenService } from 'odoo-gatehouse/src/tokens/token-service.ts'
import { median } from './load.ts'
import type { Row } from './report.ts'

const TARGET = 1.2
const ROUNDS = 15
const CHECKS = 20_000
const random = systemRandom
const clock = systemClock
const sender = { address: '127.0.0.1', certainAddress: '127.0.0.1', requestId: 'req_bench' }

/** Checking an API key with a list of addresses beside checking a JWT, both remembered from a call before. */
export async function measureKeyCheck(): Promise<readonly Row[]> {
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'))
  const store = await openStore({ at: { file: join(directory, 'gatehouse.db') } })
  try {
    const sealer = createSealer({ masterKey: deriveMasterKey(newSecret(random)), random })
    const lifetimes = { ...DEFAULT_TOKEN_LIFETIMES, accessTtlSeconds: 3_600 }
    const issuer = 'http://127.0.0.1'
    const tokens = await createTokenService({ store, sealer, clock, random, issuer, lifetimes })
    const user = { database: 'demo', uid: 6, login: 'demo', api: 'default', scopes: ['*:read'], administrator: false }
    const issued = await tokens.startGrant({ ...user, clientId: 'bench', surface: 'bench' })
    const key = `ghk_${newSecret(random)}`
    await insertApiKey(store.db, {
      ...user,
      ...{ id: newId('key', random), prefix: shownPartOf(key), hash: hashSecret(key), name: 'Bench' },
      ...{
        addresses: ['127.0.0.0/8', '2001:db8::/32'],
        grantId: issued.principal.grantId,
        odooCredentialId: 'oc_bench',
      },
      ...{ createdAtMs: 0, expiresAtMs: clock.nowMs() + 3_600_000, revokedAtMs: undefined, forSandbox: false },
      ...{ lastUsedAtMs: undefined, lastUsedAddress: undefined },
    })
    const { findLiveGrant } = tokens
    const unneeded = { onSandbox: false, later: () => {}, onUnknown: async () => {} }
    const verifier = createApiKeyVerifier({ store, clock, findLiveGrant, ...unneeded })
    const checkKey = () => verifier.verify(key, sender)
    const checkJwt = () => tokens.verifyAccessToken(issued.accessToken)
    const rounds: { readonly key: number; readonly jwt: number }[] = []
    for (let round = 0; round < ROUNDS; round++) {
      // One after the other in turn, so that a slow moment of the machine meets both.
      rounds.push({ jwt: await microsecondsEach(checkJwt), key: await microsecondsEach(checkKey) })
    }
    // The first rounds are warm-up.
    const warm = rounds.slice(3)
    const ratio = median(warm.map((one) => one.key / one.jwt))
    const [keyUs, jwtUs] = [median(warm.map((one) => one.key)), median(warm.map((one) => one.jwt))]
    return [
      {
        what: 'check of an API key beside that of a JWT, both warm',
        target: `≤ ${TARGET}`,
        measured: `${ratio.toFixed(2)} (${keyUs.toFixed(2)} µs beside ${jwtUs.toFixed(2)} µs; median of ${warm.length} rounds)`,
        met: ratio <= TARGET,
      },
    ]
  } finally {
    await store.close()
    rmSync(directory, { recursive: true, force: true })
  }
}

async function microsecondsEach(check: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  for (let count = 0; count < CHECKS; count++) await check()
  return ((performance.now() - startedAt) * 1000) / CHECKS
}
