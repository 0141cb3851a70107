import { describe, expect, test } from 'vitest'
import { ApiInput, LIMIT_MAX } from './api.ts'
import { compileApi } from './compile-api.ts'

const exposure = { model: 'res.partner', verbs: ['read'] }
const api = { name: 'shop', database: 'demo', exposures: [exposure] }

/** Paths of every fault, as `a.0.b`. */
function faultPaths(input: unknown): readonly string[] {
  const result = ApiInput.safeParse(input)
  return (result.error?.issues ?? []).map((issue) => issue.path.join('.'))
}

describe('the settings of an API', () => {
  test('a full exposure is compiled into sets and maps', () => {
    const compiled = compileApi(
      ApiInput.parse({
        ...api,
        origins: ['https://app.example.com'],
        exposures: [
          {
            model: 'res.partner',
            alias: 'contacts',
            verbs: ['read', 'update'],
            readableFields: ['name', 'email'],
            writableFields: ['email'],
            defaultFields: ['name'],
            forcedDomain: "[('company_id', '=', 1)]",
            methods: ['action_archive'],
            limitMax: 50,
            requiredOnCreate: ['name'],
          },
        ],
      }),
    )
    expect(compiled).toMatchObject({ name: 'shop', database: 'demo', waysIn: ['password'] })
    expect(compiled.aliases.get('contacts')).toBe('res.partner')
    expect(compiled.exposures.get('res.partner')).toMatchObject({
      verbs: new Set(['read', 'update']),
      readableFields: new Set(['name', 'email']),
      writableFields: new Set(['email']),
      defaultFields: ['name'],
      methods: new Set(['action_archive']),
      limitMax: 50,
      requiredOnCreate: ['name'],
    })
    expect(compiled.exposures.get('res.partner')?.forced?.values).toEqual(new Map([['company_id', 1]]))
  })

  test('what is left out has its default: all fields, no methods, the limit of every list', () => {
    const compiled = compileApi(ApiInput.parse(api)).exposures.get('res.partner')
    expect(compiled).toMatchObject({
      alias: undefined,
      readableFields: 'all',
      writableFields: 'all',
      defaultFields: undefined,
      forced: undefined,
      methods: new Set(),
      limitMax: LIMIT_MAX,
      requiredOnCreate: [],
    })
  })

  test('an API of which nothing is said may be used from everywhere, as often and for as much as one likes', () => {
    const compiled = compileApi(ApiInput.parse(api))
    expect(compiled).toMatchObject({ addresses: undefined, limits: {}, asksForCompany: false })
    expect(compiled.scopes).toEqual(['*:read', '*:create', '*:update', '*:delete', '*:call'])
    expect(compiled.forcedModels.size).toBe(0)
  })

  test('what is said of callers is compiled, and which models are shown in part', () => {
    const compiled = compileApi(
      ApiInput.parse({
        ...api,
        waysIn: ['password', 'api_key'],
        addresses: ['10.0.0.0/8'],
        rateLimit: { perGrant: { perMinute: 60, burst: 10 } },
        scopes: ['res.partner:read'],
        exposures: [{ ...exposure, forcedDomain: [['company_id', '=', '$company_id']] }],
      }),
    )
    expect(compiled).toMatchObject({
      waysIn: ['password', 'api_key'],
      limits: { perGrant: { perMinute: 60, burst: 10 } },
      scopes: ['res.partner:read'],
      forcedModels: new Set(['res.partner']),
      asksForCompany: true,
    })
    expect(compiled.addresses?.has('10.9.9.9')).toBe(true)
    expect(compiled.addresses?.has('11.9.9.9')).toBe(false)
  })

  test('without writable fields the readable ones are writable, and no others', () => {
    const compiled = compileApi(ApiInput.parse({ ...api, exposures: [{ ...exposure, readableFields: ['name'] }] }))
    expect(compiled.exposures.get('res.partner')?.writableFields).toEqual(new Set(['name']))
  })

  test.each([
    ['a fixed path', { ...api, name: 'admin' }, ['name']],
    ['capitals', { ...api, name: 'Shop' }, ['name']],
    ['one letter', { ...api, name: 's' }, ['name']],
    ['33 letters', { ...api, name: 's'.repeat(33) }, ['name']],
    ['an unknown way in', { ...api, waysIn: ['magic'] }, ['waysIn.0']],
    ['an origin with a path', { ...api, origins: ['https://a.example/x'] }, ['origins.0']],
    ['an origin that is a star', { ...api, origins: ['*'] }, ['origins.0']],
    ['an address that is a name', { ...api, addresses: ['localhost'] }, ['addresses.0']],
    ['a prefix that is too long', { ...api, addresses: ['10.0.0.0/8', '10.0.0.0/33'] }, ['addresses.1']],
    ['a limit of nothing', { ...api, rateLimit: {} }, ['rateLimit']],
    ['a limit of no calls', { ...api, rateLimit: { perApi: { perMinute: 0 } } }, ['rateLimit.perApi.perMinute']],
    [
      'a burst above the limit',
      { ...api, rateLimit: { perGrant: { perMinute: 5, burst: 6 } } },
      ['rateLimit.perGrant.burst'],
    ],
    ['no scope', { ...api, scopes: [] }, ['scopes']],
    ['a scope of another kind', { ...api, scopes: ['*:read', 'openid'] }, ['scopes.1']],
    ['a scope with an unknown verb', { ...api, scopes: ['res.partner:sudo'] }, ['scopes.0']],
    ['a setting that is not served', { ...api, passThrough: ['/shop'] }, ['']],
    ['a member that nobody knows', { ...api, colour: 'red' }, ['']],
    ['a model twice', { ...api, exposures: [exposure, exposure] }, ['exposures.1.model']],
    [
      'an alias twice',
      {
        ...api,
        exposures: [
          { ...exposure, alias: 'a1' },
          { model: 'res.country', verbs: ['read'], alias: 'a1' },
        ],
      },
      ['exposures.1.alias'],
    ],
  ])('refuses %s, with the path', (_, input, paths) => {
    expect(faultPaths(input)).toEqual(paths)
  })

  test.each([
    ['a model with a space', { model: 'res partner' }, ['model']],
    ['an unknown verb', { verbs: ['sudo'] }, ['verbs.0']],
    ['no verb', { verbs: [] }, ['verbs']],
    ['the alias of a fixed path', { alias: 'auth' }, ['alias']],
    ['an alias of digits', { alias: '12' }, ['alias']],
    ['a limit of 501', { limitMax: 501 }, ['limitMax']],
    ['a limit of 0', { limitMax: 0 }, ['limitMax']],
    ['a private method', { methods: ['_write'] }, ['methods.0']],
    ['a dotted field', { readableFields: ['country_id.code'] }, ['readableFields.0']],
    ['a default field that may not be read', { readableFields: ['name'], defaultFields: ['vat'] }, ['defaultFields.0']],
    ['a member that nobody knows', { read: true }, ['']],
    ['code in the forced domain', { forcedDomain: "[('user_id', '=', uid)]" }, ['forcedDomain']],
    ['a forced domain that is no list', { forcedDomain: '5' }, ['forcedDomain']],
    ['an unknown placeholder', { forcedDomain: [['company_id', '=', '$company']] }, ['forcedDomain']],
    [
      'two forced values for one field',
      {
        forcedDomain: [
          ['color', '=', 1],
          ['color', '=', 2],
        ],
      },
      ['forcedDomain'],
    ],
  ])('refuses an exposure with %s, with the path', (_, setting, paths) => {
    const faults = faultPaths({ ...api, exposures: [{ ...exposure, ...setting }] })
    expect(faults).toEqual(paths.map((path) => `exposures.0${path === '' ? '' : `.${path}`}`))
  })

  test('every fault is reported, not only the first', () => {
    const exposures = [{ model: 'x y', verbs: ['sudo'] }]
    expect(faultPaths({ name: 'web', database: '', exposures })).toEqual([
      'name',
      'database',
      'exposures.0.model',
      'exposures.0.verbs.0',
    ])
  })
})

describe('models that Odoo rests on', () => {
  const DANGEROUS = [
    'ir.rule',
    'ir.model.access',
    'res.users',
    'res.groups',
    'base.automation',
    'gamification.goal.definition',
    'google.service',
    'mail.alias',
    'mail.alias.domain',
    'mail.template',
    'portal.wizard',
    'portal.wizard.user',
    'sms.template',
    'website.page',
  ]
  const SECRET = [
    'account.edi.proxy.client.user',
    'account_edi_proxy_client.user',
    'auth.oauth.provider',
    'auth_totp.device',
    'certificate.key',
    'change.password.own',
    'fetchmail.server',
    'google.calendar.account',
    'google.calendar.credentials',
    'iap.account',
    'ir.config_parameter',
    'ir.mail_server',
    'l10n_es_edi.certificate',
    'microsoft.calendar.credentials',
    'payment.provider',
    'payment.token',
    'res.config.settings',
    'res.users.apikeys',
    'res.users.apikeys.show',
  ]

  test.each(DANGEROUS)('%s may be exposed for reading', (model) => {
    expect(faultPaths({ ...api, exposures: [{ model, verbs: ['read'] }] })).toEqual([])
  })

  test.each(SECRET)('%s, which holds secrets, may be exposed for nothing without `dangerous: true`', (model) => {
    expect(faultPaths({ ...api, exposures: [{ model, verbs: ['read'] }] })).toEqual(['exposures.0.dangerous'])
    expect(faultPaths({ ...api, exposures: [{ model, verbs: ['read'], dangerous: true }] })).toEqual([])
  })

  test.each([...DANGEROUS, ...SECRET])('%s may be exposed for writing only with `dangerous: true`', (model) => {
    for (const verb of ['create', 'update', 'delete']) {
      expect(faultPaths({ ...api, exposures: [{ model, verbs: [verb] }] })).toEqual(['exposures.0.dangerous'])
      expect(faultPaths({ ...api, exposures: [{ model, verbs: [verb], dangerous: true }] })).toEqual([])
    }
  })

  test('a method on one of them is writing, too', () => {
    const exposures = [{ model: 'ir.cron', verbs: ['read'], methods: ['method_direct_trigger'] }]
    expect(faultPaths({ ...api, exposures })).toEqual(['exposures.0.dangerous'])
  })

  test.each(['res.usersettings', 'mail.message', 'payment.transaction', 'account.payment', 'portal.mixin', 'websites'])(
    '%s only sounds like one',
    (model) => {
      expect(faultPaths({ ...api, exposures: [{ model, verbs: ['read', 'update'] }] })).toEqual([])
    },
  )
})
