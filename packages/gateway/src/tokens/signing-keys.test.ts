import { calculateJwkThumbprint } from 'jose'
import { describe, expect, test } from 'vitest'
import { insertSigningKey, listSigningKeys } from '../store/signing-keys.ts'
import { codeOf } from './testing/refusal-of.ts'
import { demoSignIn, openTokenWorkbench } from './testing/token-workbench.ts'

describe('the signing key', () => {
  test('is made on the first start and kept for the next', async () => {
    await using bench = await openTokenWorkbench()
    const node = await bench.openNode()
    expect(node.jwks()).toEqual(bench.tokens.jwks())
    expect(bench.tokens.jwks().keys).toHaveLength(1)
  })

  test('is one, even when two nodes start on an empty store at once', async () => {
    await using bench = await openTokenWorkbench()
    await bench.store.db.deleteFrom('signing_key').execute()
    const [first, second] = await Promise.all([bench.openNode(), bench.openNode()])
    expect(first.jwks()).toEqual(second.jwks())
    expect(await listSigningKeys(bench.store.db)).toHaveLength(1)
  })

  test('is published by its public part alone, under its thumbprint (RFC 7638)', async () => {
    await using bench = await openTokenWorkbench()
    const [jwk] = bench.tokens.jwks().keys
    if (jwk === undefined) throw new Error('no key')
    expect(Object.keys(jwk).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x'])
    expect(jwk).toMatchObject({ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig' })
    expect(jwk.kid).toBe(await calculateJwkThumbprint(jwk, 'sha256'))
  })

  test('is stored with its private part sealed for that key alone', async () => {
    await using bench = await openTokenWorkbench()
    const [key] = await listSigningKeys(bench.store.db)
    if (key === undefined) throw new Error('no key')
    const privateJwk = JSON.parse(bench.sealer.open(`signing_key.sealed_private:${key.kid}`, key.sealedPrivate))
    expect(privateJwk).toMatchObject({ kty: 'OKP', crv: 'Ed25519', x: key.publicJwk.x })
    expect(JSON.stringify(await bench.store.db.selectFrom('signing_key').selectAll().execute())).not.toContain(
      privateJwk.d,
    )
    expect(() => bench.sealer.open('signing_key.sealed_private:another', key.sealedPrivate)).toThrow()
  })
})

describe('with several keys', () => {
  test('the newest signs, all verify and are published; one that was retired before the start does neither', async () => {
    await using bench = await openTokenWorkbench()
    const old = await bench.tokens.startGrant(demoSignIn())
    const [oldKey] = await listSigningKeys(bench.store.db)
    if (oldKey === undefined) throw new Error('no key')
    await addKeyOfAnotherStore(bench)
    const node = await bench.openNode()
    const fresh = await node.startGrant(demoSignIn())
    expect(kidOf(fresh.accessToken)).not.toBe(oldKey.kid)
    expect(node.jwks().keys.map((key) => key.kid)).toEqual([kidOf(fresh.accessToken), oldKey.kid])
    await expect(node.verifyAccessToken(old.accessToken)).resolves.toMatchObject({ login: 'demo' })

    const retired = { retired_at: bench.clock.nowMs() }
    await bench.store.db.updateTable('signing_key').set(retired).where('kid', '=', oldKey.kid).execute()
    const later = await bench.openNode()
    expect(await codeOf(later.verifyAccessToken(old.accessToken))).toBe('token.invalid')
    await expect(later.verifyAccessToken(fresh.accessToken)).resolves.toMatchObject({ login: 'demo' })
  })
})

/** Adds a newer key, as a rotation will. It is one that another installation made, sealed under this master key. */
async function addKeyOfAnotherStore(bench: Awaited<ReturnType<typeof openTokenWorkbench>>): Promise<void> {
  await using other = await openTokenWorkbench()
  const [key] = await listSigningKeys(other.store.db)
  if (key === undefined) throw new Error('no key')
  await insertSigningKey(bench.store.db, { ...key, createdAtMs: bench.clock.nowMs() + 1 })
}

function kidOf(token: string): unknown {
  return JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString('utf8')).kid
}
