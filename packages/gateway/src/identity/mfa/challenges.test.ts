import { expect, test } from 'vitest'
import { createSeededRandom } from '../../tokens/testing/seeded-random.ts'
import { openTokenWorkbench } from '../../tokens/testing/token-workbench.ts'
import { type Challenge, createChallenges } from './challenges.ts'

const HALF = { sessionId: 'h'.repeat(84), csrfToken: 'csrf', method: 'totp' } as const
const CHALLENGE: Challenge = {
  ...{ database: 'demo', login: 'totp', api: 'default', surface: 'odoo-jwt', clientId: 'odoo-jwt' },
  ...{ browser: true, half: HALF },
}

/** Challenges on a store of their own, one of them begun. */
async function open() {
  const bench = await openTokenWorkbench()
  const challenges = createChallenges({ ...bench, random: createSeededRandom('mfa') })
  const token = await challenges.add(CHALLENGE)
  const known = async () => {
    const found = await challenges.find(token)
    if (found === undefined) throw new Error('The challenge is gone.')
    return found
  }
  return { ...bench, challenges, token, known, [Symbol.asyncDispose]: () => bench[Symbol.asyncDispose]() }
}

test('a challenge is found by its token alone, and what is secret in it is sealed', async () => {
  await using it = await open()
  expect(it.token).toMatch(/^mfa_[\w-]{43}$/)
  expect(await it.known()).toMatchObject(CHALLENGE)
  expect(await it.challenges.find('mfa_unknown')).toBeUndefined()
  const rows = JSON.stringify(await it.store.db.selectFrom('mfa_challenge').selectAll().execute())
  expect(rows).not.toMatch(new RegExp(`${it.token}|hhhh|csrf`))
})

test('a code is awaited for five minutes', async () => {
  await using it = await open()
  it.clock.advanceSeconds(299)
  expect(await it.challenges.takeTry(await it.known())).toBe(true)
  it.clock.advanceSeconds(1)
  expect(await it.challenges.takeTry(await it.known())).toBe(false)
})

test('a code is tried five times', async () => {
  await using it = await open()
  const tries = []
  for (let i = 0; i < 6; i++) tries.push(await it.challenges.takeTry(await it.known()))
  expect(tries).toEqual([true, true, true, true, true, false])
})

test('one that nobody finished is told to the sweep, one that was used is not', async () => {
  await using it = await open()
  const used = await it.challenges.find(await it.challenges.add(CHALLENGE))
  expect(used && (await it.challenges.use(used))).toBe(true)
  expect(await it.challenges.unfinished(10)).toEqual([])
  it.clock.advanceSeconds(300)
  expect(await it.challenges.unfinished(10)).toEqual([await it.known()])
})

test('one that cannot be opened any more keeps no other waiting', async () => {
  await using it = await open()
  await it.store.db.updateTable('mfa_challenge').set({ sealed: 's1.gone-key-id.x.y' }).execute()
  await it.challenges.add(CHALLENGE)
  it.clock.advanceSeconds(301)
  expect(await it.challenges.unfinished(10)).toMatchObject([CHALLENGE])
  expect(await it.challenges.unfinished(1)).toMatchObject([CHALLENGE])
})
