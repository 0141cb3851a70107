import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { objectOf } from '../../harness/json-reading.ts'
import { type Installation, makeInstallation, policyOf } from './installation.ts'

let node: Installation
beforeAll(() => {
  node = makeInstallation()
})
afterAll(() => node.remove())

const shown = async (name: string) => (await node.run('api', 'show', name, '--json')).json

describe('a policy without a file', () => {
  test('is made, opened and closed model by model', async () => {
    expect(await node.run('api', 'create', 'shop', '--ways-in', 'password,api_key')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('+ demo/shop'),
    })
    const opened = await node.run(
      ...['api', 'expose', 'shop', 'res.partner', '--verbs', 'read,create', '--fields', 'name,email'],
      ...['--domain', "[('company_id', '=', '$company_id')]", '--alias', 'contacts', '--limit', '20'],
    )
    expect(opened).toMatchObject({ code: 0, stdout: expect.stringContaining('~ demo/shop') })
    expect((await node.run('api', 'expose', 'shop', 'res.country', '--verbs', 'read')).code).toBe(0)
    expect(await shown('shop')).toMatchObject({
      api: {
        waysIn: ['password', 'api_key'],
        exposures: [
          {
            model: 'res.partner',
            alias: 'contacts',
            verbs: ['read', 'create'],
            readableFields: ['name', 'email'],
            forcedDomain: "[('company_id', '=', '$company_id')]",
            limitMax: 20,
          },
          { model: 'res.country', verbs: ['read'] },
        ],
      },
    })
    await node.run('api', 'expose', 'shop', 'res.partner', '--verbs', 'read', '--fields', 'all', '--domain', '[]')
    expect((await node.run('api', 'unexpose', 'shop', 'res.country')).code).toBe(0)
    expect(await shown('shop')).toMatchObject({
      api: { exposures: [{ model: 'res.partner', alias: 'contacts', verbs: ['read'], limitMax: 20 }] },
    })
    expect((await node.run('api', 'remove', 'shop')).code).toBe(0)
    expect((await node.run('api', 'show', 'shop')).code).toBe(1)
  })

  test('of the demo’s API becomes one of the store, and the demo’s comes back when that is removed', async () => {
    expect(await shown('default')).toMatchObject({ source: 'demo' })
    await node.run('api', 'expose', 'default', 'res.lang', '--verbs', 'read')
    expect(await shown('default')).toMatchObject({ source: 'stored', models: expect.arrayContaining(['res.lang']) })
    await node.run('api', 'remove', 'default')
    expect(await shown('default')).toMatchObject({ source: 'demo' })
  })

  test('is opened for keys, pages and networks without a file', async () => {
    await node.run('api', 'create', 'reached')
    const set = ['api', 'set', 'reached', '--ways-in', 'password,api_key', '--origins', 'https://shop.example']
    expect((await node.run(...set, '--addresses', '10.0.0.0/8', '--per-minute', '60')).code).toBe(0)
    expect(await shown('reached')).toMatchObject({
      api: {
        waysIn: ['password', 'api_key'],
        origins: ['https://shop.example'],
        addresses: ['10.0.0.0/8'],
        rateLimit: { perGrant: { perMinute: 60 } },
      },
    })
    await node.run('api', 'set', 'reached', '--addresses', 'none', '--per-minute', 'none')
    const { api } = objectOf(await shown('reached'))
    expect(api).not.toHaveProperty('addresses')
    expect(api).not.toHaveProperty('rateLimit')
    expect(api).toHaveProperty('origins', ['https://shop.example'])
  })

  test('says with --json what it changed', async () => {
    const { json } = await node.run('api', 'create', 'told', '--json')
    expect(json).toMatchObject({ changes: [{ kind: 'create', database: 'demo', name: 'told' }] })
    expect((await node.run('api', 'expose', 'told', 'res.partner', '--verbs', 'read', '--json')).json).toMatchObject({
      changes: [{ differences: [{ path: 'exposures.res.partner.verbs', after: ['read'] }] }],
    })
  })
})

describe('a command that cannot be', () => {
  test.each<[string, string[], RegExp]>([
    ['an API of that name is there', ['api', 'create', 'default'], /has an API "default" already/],
    ['the name is a fixed path', ['api', 'create', 'admin'], /name "admin" is the beginning of a fixed path/],
    ['the database is not configured', ['api', 'create', 'x1', '--database', 'other'], /name one of demo/],
    [
      'the way in is not known',
      ['api', 'create', 'x1', '--ways-in', 'magic'],
      /waysIn\.0 must be one of password, api_key/,
    ],
    [
      'there is no such API',
      ['api', 'expose', 'nowhere', 'res.partner', '--verbs', 'read'],
      /There is no API "nowhere"/,
    ],
    [
      'the verb is not known',
      ['api', 'expose', 'default', 'res.lang', '--verbs', 'fly'],
      /res\.lang\.verbs\.0 must be one of/,
    ],
    ['a new model has no verbs', ['api', 'expose', 'default', 'res.lang'], /api expose default res\.lang --verbs read/],
    ['nothing is to be changed', ['api', 'set', 'default'], /--ways-in, --origins/],
    ['the limit of calls is none', ['api', 'set', 'default', '--per-minute', 'many'], /is no whole number/],
    ['the model is none', ['api', 'expose', 'default', 'res lang', '--verbs', 'read'], /must be the technical name/],
    [
      'the field is none',
      ['api', 'expose', 'default', 'res.lang', '--verbs', 'read', '--fields', 'a.b'],
      /readableFields\.0 must be/,
    ],
    [
      'the limit is no number',
      ['api', 'expose', 'default', 'res.lang', '--verbs', 'read', '--limit', 'x'],
      /is no whole number/,
    ],
    [
      'the placeholder is not known',
      ['api', 'expose', 'default', 'res.lang', '--verbs', 'read', '--domain', "[('a','=','$me')]"],
      /there is: \$uid, \$company_id/,
    ],
    [
      'Odoo rests on the model',
      ['api', 'expose', 'default', 'res.users', '--verbs', 'read,update'],
      /res\.users\.dangerous must be true/,
    ],
    ['the model is not exposed', ['api', 'unexpose', 'default', 'ir.rule'], /does not expose "ir\.rule"/],
    ['the API is the demo’s', ['api', 'remove', 'default'], /is part of the demo/],
  ])('says why in one sentence and changes nothing: %s', async (_name, args, sentence) => {
    const before = await node.run('export')
    const { code, stdout, stderr } = await node.run(...args)
    expect(code).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^gatehouse: [^\n]+\n$/)
    expect(stderr).toMatch(sentence)
    expect((await node.run('export')).stdout).toBe(before.stdout)
  })

  test('leaves an API of the settings file alone', async () => {
    const fixed = policyOf('fixed', 'res.partner')
    for (const args of [
      ['expose', 'fixed', 'res.country', '--verbs', 'read'],
      ['unexpose', 'fixed', 'res.partner'],
      ['remove', 'fixed'],
    ]) {
      const { code, stderr } = await node.runWith(fixed, 'api', ...args)
      expect(code).toBe(1)
      expect(stderr).toContain('settings file')
    }
  })

  test('Odoo rests on the model and it is meant', async () => {
    const { code } = await node.run('api', 'expose', 'default', 'res.users', '--verbs', 'read,update', '--dangerous')
    expect(code).toBe(0)
    await node.run('api', 'remove', 'default')
  })
})
