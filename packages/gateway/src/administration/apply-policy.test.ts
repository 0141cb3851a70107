import { describe, expect, test } from 'vitest'
import { systemRandom } from '../kernel/random.ts'
import { createManualClock } from '../kernel/testing/manual-clock.ts'
import { ApiInput } from '../policy/api.ts'
import { listStoredApis } from '../store/apis.ts'
import { openTemporaryStore } from '../store/testing/temporary-store.ts'
import { applyPolicy, planPolicy } from './apply-policy.ts'
import { loadEffectiveApis } from './effective-apis.ts'

const api = (name: string, verbs: readonly string[] = ['read'], model = 'res.partner') =>
  ApiInput.parse({ name, database: 'demo', exposures: [{ model, verbs }] })

async function openDesk(given: { settings?: ApiInput[]; demo?: ApiInput[] } = {}) {
  const temporary = await openTemporaryStore()
  const deps = {
    store: temporary.store,
    clock: createManualClock(),
    random: systemRandom,
    given: { settings: given.settings ?? [], demo: given.demo ?? [] },
  }
  return Object.assign(temporary, { deps })
}

describe('applying a policy', () => {
  test('makes what is wanted, tells each difference, and changes nothing the second time', async () => {
    await using desk = await openDesk()
    await applyPolicy({ wanted: [api('shop')] }, 'command', desk.deps)
    const planned = await applyPolicy({ wanted: [api('shop', ['read', 'update']), api('app')] }, 'command', desk.deps)
    expect(planned.changes).toEqual([
      {
        kind: 'change',
        database: 'demo',
        name: 'shop',
        differences: [{ path: 'exposures.res.partner.verbs', before: ['read'], after: ['read', 'update'] }],
      },
      { kind: 'create', database: 'demo', name: 'app', differences: expect.any(Array) },
    ])
    const again = await applyPolicy({ wanted: [api('shop', ['read', 'update']), api('app')] }, 'command', desk.deps)
    expect(again).toEqual({ changes: [], unchanged: 2 })
    expect((await listStoredApis(desk.store.db)).map(({ name, revision }) => [name, revision])).toEqual([
      ['app', 1],
      ['shop', 2],
    ])
  })

  test('keeps APIs that it does not name, unless it prunes', async () => {
    await using desk = await openDesk({ demo: [api('default')] })
    await applyPolicy({ wanted: [api('shop'), api('app')] }, 'command', desk.deps)
    await applyPolicy({ wanted: [api('shop')] }, 'command', desk.deps)
    expect(await listStoredApis(desk.store.db)).toHaveLength(2)
    const planned = await applyPolicy({ wanted: [api('shop')], prune: true }, 'command', desk.deps)
    expect(planned.changes.map(({ kind, name }) => [kind, name])).toEqual([['remove', 'app']])
    expect((await listStoredApis(desk.store.db)).map(({ name }) => name)).toEqual(['shop'])
  })

  test('leaves an API of the settings file alone, and everything else with it', async () => {
    await using desk = await openDesk({ settings: [api('default')] })
    await expect(
      applyPolicy({ wanted: [api('shop'), api('default', ['read', 'delete'])] }, 'command', desk.deps),
    ).rejects.toThrow(/is set in the settings file: change it there/)
    expect(await listStoredApis(desk.store.db)).toEqual([])
    expect(await applyPolicy({ wanted: [api('default')] }, 'command', desk.deps)).toEqual({ changes: [], unchanged: 1 })
  })

  test('a plan changes nothing', async () => {
    await using desk = await openDesk()
    const planned = await planPolicy({ wanted: [api('shop')] }, desk.deps)
    expect(planned.changes).toHaveLength(1)
    expect(await listStoredApis(desk.store.db)).toEqual([])
  })
})

describe('what is in effect', () => {
  test('is the settings file before the store before the demo', async () => {
    await using desk = await openDesk({ demo: [api('default'), api('sso')], settings: [api('fixed')] })
    await applyPolicy({ wanted: [api('default', ['read', 'create']), api('shop')] }, 'owner:ada', desk.deps)
    const { apis } = await loadEffectiveApis(desk.store.db, desk.deps.given)
    expect(apis.map(({ api: { name }, source, change }) => [name, source, change?.by])).toEqual([
      ['default', 'stored', 'owner:ada'],
      ['fixed', 'settings', undefined],
      ['shop', 'stored', 'owner:ada'],
      ['sso', 'demo', undefined],
    ])
  })

  test('leaves out what this version cannot read, also where the demo has an API of that name', async () => {
    await using desk = await openDesk({ demo: [api('default')] })
    await applyPolicy({ wanted: [api('default', ['read', 'create'])] }, 'command', desk.deps)
    await desk.store.db.updateTable('api').set({ document: '{"name":"default","later":1}' }).execute()
    const { apis, unusable } = await loadEffectiveApis(desk.store.db, desk.deps.given)
    expect(apis).toEqual([])
    expect(unusable).toMatchObject([{ database: 'demo', name: 'default' }])
  })
})
