import { describe, expect, test } from 'vitest'
import { systemRandom } from '../kernel/random.ts'
import { createManualClock } from '../kernel/testing/manual-clock.ts'
import { ApiInput } from '../policy/api.ts'
import { listStoredApis } from '../store/apis.ts'
import { openTemporaryStore } from '../store/testing/temporary-store.ts'
import { changeApi, createApi, exposeModel, unexposeModel } from './edit-api.ts'

const BY = 'command'
const shop = { database: 'demo', name: 'shop' }

const given = (name: string) =>
  ApiInput.parse({ name, database: 'demo', exposures: [{ model: 'res.partner', verbs: ['read'], limitMax: 50 }] })

async function openDesk(apis: { settings?: ApiInput[]; demo?: ApiInput[] } = {}) {
  const temporary = await openTemporaryStore()
  const deps = {
    store: temporary.store,
    clock: createManualClock(),
    random: systemRandom,
    given: { settings: apis.settings ?? [], demo: apis.demo ?? [] },
  }
  const stored = async () => (await listStoredApis(temporary.store.db)).map(({ document }) => document)
  return Object.assign(temporary, { deps, stored })
}

describe('an API that is made by hand', () => {
  test('begins empty, and shows what is exposed in it', async () => {
    await using desk = await openDesk()
    await createApi(shop, { waysIn: ['password', 'api_key'] }, BY, desk.deps)
    await exposeModel(shop, 'res.partner', { verbs: ['read'], readableFields: ['name', 'email'] }, BY, desk.deps)
    await exposeModel(shop, 'res.country', { verbs: ['read'] }, BY, desk.deps)
    expect(await desk.stored()).toEqual([
      {
        ...shop,
        waysIn: ['password', 'api_key'],
        exposures: [
          { model: 'res.partner', verbs: ['read'], readableFields: ['name', 'email'] },
          { model: 'res.country', verbs: ['read'] },
        ],
      },
    ])
  })

  test('is not made a second time', async () => {
    await using desk = await openDesk({ demo: [given('default')] })
    await expect(createApi({ ...shop, name: 'default' }, {}, BY, desk.deps)).rejects.toThrow(/has an API "default"/)
    expect(await desk.stored()).toEqual([])
  })

  test.each([
    ['a reserved name', 'admin', /name "admin" is the beginning of a fixed path/],
    ['a bad name', 'Shop', /name must be 2 to 32 characters/],
  ])('is refused with %s', async (_, name, sentence) => {
    await using desk = await openDesk()
    await expect(createApi({ ...shop, name }, {}, BY, desk.deps)).rejects.toThrow(sentence)
    expect(await desk.stored()).toEqual([])
  })
})

describe('an exposure', () => {
  test('keeps what is not said, and loses a bound that is taken away', async () => {
    await using desk = await openDesk({ demo: [given('shop')] })
    await exposeModel(shop, 'res.partner', { readableFields: ['name'], forcedDomain: '[["x","=",1]]' }, BY, desk.deps)
    const changed = await exposeModel(shop, 'res.partner', { verbs: ['read', 'update'] }, BY, desk.deps)
    expect(changed?.differences).toEqual([
      { path: 'exposures.res.partner.verbs', before: ['read'], after: ['read', 'update'] },
    ])
    await exposeModel(shop, 'res.partner', { readableFields: undefined, forcedDomain: '[]' }, BY, desk.deps)
    expect(await desk.stored()).toEqual([
      { ...shop, exposures: [{ model: 'res.partner', verbs: ['read', 'update'], limitMax: 50 }] },
    ])
  })

  test('that is so already changes nothing', async () => {
    await using desk = await openDesk({ demo: [given('shop')] })
    expect(await exposeModel(shop, 'res.partner', { verbs: ['read'] }, BY, desk.deps)).toBeUndefined()
    expect(await desk.stored()).toEqual([])
  })

  test.each([
    ['without verbs', 'res.country', {}, /api expose shop res\.country --verbs read/],
    ['of what is no model', 'res country', { verbs: ['read' as const] }, /must be the technical name of a model/],
    ['that writes to what Odoo rests on', 'res.users', { verbs: ['update' as const] }, /res\.users\.dangerous must be/],
    [
      'with a domain that is none',
      'res.country',
      { verbs: ['read' as const], forcedDomain: '[(' },
      /res\.country\.forcedDomain is not a domain: .*[^.]\.$/,
    ],
  ])('%s is refused, and nothing is changed', async (_, model, change, sentence) => {
    await using desk = await openDesk({ demo: [given('shop')] })
    await expect(exposeModel(shop, model, change, BY, desk.deps)).rejects.toMatchObject({
      code: 'admin.invalid',
      message: expect.stringMatching(sentence),
      data: { extra: { errors: [{ path: expect.any(String), message: expect.any(String) }] } },
    })
    expect(await desk.stored()).toEqual([])
  })

  test('of a dangerous model is made where it is meant', async () => {
    await using desk = await openDesk({ demo: [given('shop')] })
    await exposeModel(shop, 'res.users', { verbs: ['update'], dangerous: true }, BY, desk.deps)
    expect(await desk.stored()).toMatchObject([{ exposures: [{}, { model: 'res.users', dangerous: true }] }])
  })

  test('is taken away, and there must be one', async () => {
    await using desk = await openDesk({ demo: [given('shop')] })
    await unexposeModel(shop, 'res.partner', BY, desk.deps)
    expect(await desk.stored()).toEqual([{ ...shop, exposures: [] }])
    await expect(unexposeModel(shop, 'res.partner', BY, desk.deps)).rejects.toMatchObject({ code: 'admin.not_found' })
  })

  test('needs an API, and one that does not stand in the settings file', async () => {
    await using desk = await openDesk({ settings: [given('fixed')] })
    await expect(exposeModel(shop, 'res.partner', { verbs: ['read'] }, BY, desk.deps)).rejects.toThrow(
      /gatehouse api create shop --database demo/,
    )
    const fixed = { ...shop, name: 'fixed' }
    await expect(exposeModel(fixed, 'res.partner', { verbs: ['update'] }, BY, desk.deps)).rejects.toThrow(
      /settings file/,
    )
    expect(await desk.stored()).toEqual([])
  })
})

describe('how an API may be reached', () => {
  test('is changed member by member: what is not said stays as it is', async () => {
    await using desk = await openDesk({ demo: [given('shop')] })
    await changeApi(shop, { waysIn: ['password', 'api_key'], perMinute: 60 }, BY, desk.deps)
    await changeApi(shop, { origins: ['https://shop.example'], addresses: ['10.0.0.0/8'] }, BY, desk.deps)
    expect(await desk.stored()).toEqual([
      {
        ...shop,
        waysIn: ['password', 'api_key'],
        origins: ['https://shop.example'],
        addresses: ['10.0.0.0/8'],
        rateLimit: { perGrant: { perMinute: 60 } },
        exposures: [{ model: 'res.partner', verbs: ['read'], limitMax: 50 }],
      },
    ])
    await changeApi(shop, { perMinute: 'none', origins: [], addresses: [], waysIn: ['password'] }, BY, desk.deps)
    expect(await desk.stored()).toEqual([
      { ...shop, exposures: [{ model: 'res.partner', verbs: ['read'], limitMax: 50 }] },
    ])
  })

  test('keeps the limits that were not named', async () => {
    const rateLimit = { perGrant: { perMinute: 60, burst: 5 }, perApi: { perMinute: 600 } }
    await using desk = await openDesk({ demo: [ApiInput.parse({ ...shop, rateLimit })] })
    await changeApi(shop, { perMinute: 30 }, BY, desk.deps)
    expect(await desk.stored()).toMatchObject([
      { rateLimit: { perGrant: { perMinute: 30, burst: 5 }, perApi: { perMinute: 600 } } },
    ])
    await changeApi(shop, { perMinute: 'none' }, BY, desk.deps)
    expect(await desk.stored()).toMatchObject([{ rateLimit: { perApi: { perMinute: 600 } } }])
  })

  test('is refused where a value is wrong, or there is no such API', async () => {
    await using desk = await openDesk({ demo: [given('shop')] })
    await expect(changeApi(shop, { origins: ['shop.example'] }, BY, desk.deps)).rejects.toThrow(/must be an origin/)
    await expect(changeApi({ ...shop, name: 'gone' }, {}, BY, desk.deps)).rejects.toThrow(/has no API "gone"/)
    expect(await desk.stored()).toEqual([])
  })
})
