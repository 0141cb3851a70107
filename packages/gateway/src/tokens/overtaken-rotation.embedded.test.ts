import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { hashSecret } from '../kernel/hash.ts'
import { insertRefreshToken } from '../store/refresh-tokens.ts'
import { demoSignIn, openTokenWorkbench, type TokenWorkbench } from './testing/token-workbench.ts'

test('a rotation that loses to another node after it has decided answers the successor of the winner', async () => {
  await using bench = await openTokenWorkbench()
  const first = await bench.tokens.startGrant(demoSignIn())
  const winner = await rivalThatIsFaster(bench, first.refreshToken, first.principal.grantId)
  const answer = await bench.tokens.rotate(first.refreshToken)
  expect(answer.refreshToken).toBe(winner)
  expect(bench.events.at(-1)).toMatchObject({ kind: 'token_refreshed', by: 'repeat' })
  await sql`drop trigger rival`.execute(bench.store.db)
  await expect(bench.tokens.rotate(winner)).resolves.toBeDefined()
})

/**
 * Puts another node's rotation between the read and the update of the next one, as PostgreSQL can: a trigger uses the
 * token up in its own way and lets the update find nothing. Answers the successor that the other node has issued.
 */
async function rivalThatIsFaster(bench: TokenWorkbench, refreshToken: string, grantId: string): Promise<string> {
  const nowMs = bench.clock.nowMs()
  const successor = 'R'.repeat(43)
  const hash = hashSecret(refreshToken)
  const successorHash = hashSecret(successor)
  const sealed = bench.sealer.seal(`refresh_token.successor_sealed:${hash}`, successor)
  await insertRefreshToken(bench.store.db, {
    hash: successorHash,
    grantId,
    issuedAtMs: nowMs,
    expiresAtMs: nowMs + 3_600_000,
  })
  await sql
    .raw(
      `create trigger rival before update of consumed_at on refresh_token when old.hash = '${hash}'
       begin
         update refresh_token set consumed_at = ${nowMs}, successor_hash = '${successorHash}',
           successor_sealed = '${sealed}', grace_until = ${nowMs + 10_000} where hash = '${hash}';
         select raise(ignore);
       end`,
    )
    .execute(bench.store.db)
  return successor
}
