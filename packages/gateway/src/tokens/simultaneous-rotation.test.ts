import { describe, expect, test } from 'vitest'
import { demoSignIn, openTokenWorkbench } from './testing/token-workbench.ts'

describe('simultaneous rotations of one token', () => {
  test('64 at once on two nodes: one rotates, all get the same successor, and it works', async () => {
    await using bench = await openTokenWorkbench()
    const nodes = [bench.tokens, await bench.openNode()]
    const first = await bench.tokens.startGrant(demoSignIn())
    const answers = await Promise.all(
      Array.from({ length: 32 }, () => nodes.map((node) => node.rotate(first.refreshToken))).flat(),
    )
    expect(answers).toHaveLength(64)
    expect(new Set(answers.map((answer) => answer.refreshToken)).size).toBe(1)
    expect(new Set(answers.map((answer) => answer.accessToken)).size).toBe(64)
    const refreshed = bench.events.filter((event) => event.kind === 'token_refreshed')
    expect(refreshed.filter((event) => event.by === 'rotation')).toHaveLength(1)
    const tokens = await bench.store.db.selectFrom('refresh_token').select('hash').execute()
    expect(tokens).toHaveLength(2)
    await expect(bench.tokens.rotate(answers[0]?.refreshToken ?? '')).resolves.toBeDefined()
  })
})
