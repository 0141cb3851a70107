import { describe, expect, test } from 'vitest'
import { systemRandom } from '../kernel/random.ts'
import { createManualClock } from '../kernel/testing/manual-clock.ts'
import { listAuditEvents } from '../store/audit-events.ts'
import { listOwners } from '../store/owners.ts'
import { openTemporaryStore } from '../store/testing/temporary-store.ts'
import {
  addOwner,
  closeOwnerSession,
  makeBootstrapToken,
  OWNER_TOKEN_LIFE_MS,
  openOwnerSession,
  ownerBehind,
  removeOwner,
} from './owners.ts'

async function openDesk() {
  const temporary = await openTemporaryStore()
  const clock = createManualClock()
  return Object.assign(temporary, { deps: { store: temporary.store, clock, random: systemRandom }, clock })
}

async function sessionOf(name: string, deps: Awaited<ReturnType<typeof openDesk>>['deps']): Promise<string> {
  const { token } = await makeBootstrapToken(name, 'command', deps)
  const session = await openOwnerSession(token, deps)
  if (session === undefined) throw new Error('no session')
  return session.token
}

describe('an owner', () => {
  test('is added once, listed by name, and removed', async () => {
    await using desk = await openDesk()
    await addOwner('grace', 'command', desk.deps)
    await addOwner('ada', 'command', desk.deps)
    await expect(addOwner('ada', 'command', desk.deps)).rejects.toMatchObject({ code: 'admin.conflict' })
    expect((await listOwners(desk.store.db)).map(({ name }) => name)).toEqual(['ada', 'grace'])
    await removeOwner('ada', 'command', desk.deps)
    await expect(removeOwner('ada', 'command', desk.deps)).rejects.toMatchObject({ code: 'admin.not_found' })
    expect((await listOwners(desk.store.db)).map(({ name }) => name)).toEqual(['grace'])
  })

  test.each(['', '-ada', 'ada lovelace', 'ada/x', 'ada\n', 'a'.repeat(65)])('is not called %j', async (name) => {
    await using desk = await openDesk()
    await expect(addOwner(name, 'command', desk.deps)).rejects.toMatchObject({ code: 'admin.invalid' })
    expect(await listOwners(desk.store.db)).toEqual([])
  })

  test('may have the name of one who was removed, and does not inherit their tokens', async () => {
    await using desk = await openDesk()
    await addOwner('ada', 'command', desk.deps)
    const session = await sessionOf('ada', desk.deps)
    await removeOwner('ada', 'command', desk.deps)
    await addOwner('ada', 'command', desk.deps)
    expect(await ownerBehind(session, desk.deps)).toBeUndefined()
  })
})

describe('a bootstrap token', () => {
  test('lets its owner in once, whether for one call or for a session', async () => {
    await using desk = await openDesk()
    await addOwner('ada', 'command', desk.deps)
    const { token } = await makeBootstrapToken('ada', 'command', desk.deps)
    expect(await ownerBehind(token, desk.deps)).toMatchObject({ name: 'ada' })
    expect(await ownerBehind(token, desk.deps)).toBeUndefined()
    expect(await openOwnerSession(token, desk.deps)).toBeUndefined()
  })

  test('of 20 calls at once lets in one', async () => {
    await using desk = await openDesk()
    await addOwner('ada', 'command', desk.deps)
    const { token } = await makeBootstrapToken('ada', 'command', desk.deps)
    const calls = Array.from({ length: 20 }, (_, index) =>
      index % 2 === 0 ? ownerBehind(token, desk.deps) : openOwnerSession(token, desk.deps),
    )
    expect((await Promise.all(calls)).filter((found) => found !== undefined)).toHaveLength(1)
  })

  test('ends after an hour', async () => {
    await using desk = await openDesk()
    await addOwner('ada', 'command', desk.deps)
    const early = await makeBootstrapToken('ada', 'command', desk.deps)
    const late = await makeBootstrapToken('ada', 'command', desk.deps)
    desk.clock.advanceMs(OWNER_TOKEN_LIFE_MS - 1)
    expect(await ownerBehind(early.token, desk.deps)).toMatchObject({ name: 'ada' })
    desk.clock.advanceMs(1)
    expect(await ownerBehind(late.token, desk.deps)).toBeUndefined()
  })

  test('is not made for nobody', async () => {
    await using desk = await openDesk()
    await expect(makeBootstrapToken('ada', 'command', desk.deps)).rejects.toMatchObject({ code: 'admin.not_found' })
  })

  test('is not in the store, and neither is a session', async () => {
    await using desk = await openDesk()
    await addOwner('ada', 'command', desk.deps)
    const { token } = await makeBootstrapToken('ada', 'command', desk.deps)
    const session = await openOwnerSession(token, desk.deps)
    const rows = [
      ...(await desk.store.db.selectFrom('owner_token').selectAll().execute()),
      ...(await desk.store.db.selectFrom('audit_event').selectAll().execute()),
    ]
    const stored = JSON.stringify(rows)
    for (const secret of [token, session?.token ?? '']) {
      expect(secret).toMatch(/^gh[os]_[\w-]{43}$/)
      expect(stored).not.toContain(secret.slice(4))
    }
  })
})

describe('a session', () => {
  test('ends when the hour of its bootstrap token is over', async () => {
    await using desk = await openDesk()
    await addOwner('ada', 'command', desk.deps)
    const { token } = await makeBootstrapToken('ada', 'command', desk.deps)
    desk.clock.advanceMs(OWNER_TOKEN_LIFE_MS / 2)
    const session = await openOwnerSession(token, desk.deps)
    const inside = () => ownerBehind(session?.token ?? '', desk.deps)
    desk.clock.advanceMs(OWNER_TOKEN_LIFE_MS / 2 - 1)
    expect(await inside()).toMatchObject({ name: 'ada' })
    expect(await inside()).toMatchObject({ name: 'ada' })
    desk.clock.advanceMs(1)
    expect(await inside()).toBeUndefined()
  })

  test('opens no further session', async () => {
    await using desk = await openDesk()
    await addOwner('ada', 'command', desk.deps)
    expect(await openOwnerSession(await sessionOf('ada', desk.deps), desk.deps)).toBeUndefined()
  })

  test('ends when it is closed, and leaves others alone', async () => {
    await using desk = await openDesk()
    await addOwner('ada', 'command', desk.deps)
    const [one, other] = [await sessionOf('ada', desk.deps), await sessionOf('ada', desk.deps)]
    await closeOwnerSession(one, desk.deps)
    expect(await ownerBehind(one, desk.deps)).toBeUndefined()
    expect(await ownerBehind(other, desk.deps)).toMatchObject({ name: 'ada' })
  })

  test('ends at once when its owner is removed, and those of other owners do not', async () => {
    await using desk = await openDesk()
    await addOwner('ada', 'command', desk.deps)
    await addOwner('grace', 'command', desk.deps)
    const [ada, grace] = [await sessionOf('ada', desk.deps), await sessionOf('grace', desk.deps)]
    await removeOwner('ada', 'owner:grace', desk.deps)
    expect(await ownerBehind(ada, desk.deps)).toBeUndefined()
    expect(await ownerBehind(grace, desk.deps)).toMatchObject({ name: 'grace' })
  })
})

test('the audit trail says who did what', async () => {
  await using desk = await openDesk()
  await addOwner('ada', 'command', desk.deps)
  await sessionOf('ada', desk.deps)
  await removeOwner('ada', 'owner:grace', desk.deps)
  const events = await listAuditEvents(desk.store.db, 10, { kind: 'owner_changed' })
  const told = events.map(({ detail: { action, by, name } }) => [action, by, name].join(' '))
  expect(told.sort()).toEqual([
    'added command ada',
    'came in owner:ada ada',
    'removed owner:grace ada',
    'token made command ada',
  ])
})
