import { describe, expect, test } from 'vitest'
import type { Environment } from './environment.ts'
import { loadSettings } from './load-settings.ts'
import { SettingsError, type SettingsFault } from './setting-fault.ts'

const file = (text: string) => ({ name: 'gatehouse.yaml', text })

function faultsOf(environment: Environment, text?: string): readonly SettingsFault[] {
  try {
    loadSettings({ environment, ...(text === undefined ? {} : { file: file(text) }) })
  } catch (error) {
    if (error instanceof SettingsError) return error.faults
    throw error
  }
  return []
}

describe('defaults', () => {
  test('nothing set: the sandbox on 127.0.0.1:8080', () => {
    const settings = loadSettings({ environment: {} })
    expect(settings).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      url: 'http://127.0.0.1:8080',
      data: './data',
      databases: [],
      sandbox: { odoo: 18, allowDemo: false },
      tokens: { accessTtlSeconds: 60, refreshTtlSeconds: 3600, rotationPeriodSeconds: 2700, graceSeconds: 10 },
    })
  })

  test('an empty variable counts as absent', () => {
    expect(loadSettings({ environment: { PORT: '', ODOO_URL: '', GATEHOUSE_URL: '' } }).port).toBe(8080)
  })
})

describe('where a value comes from', () => {
  test('the environment beats the file, the file beats the default', () => {
    const settings = loadSettings({ environment: { PORT: '9001' }, file: file('port: 9002\nhost: 127.0.0.2') })
    expect([settings.port, settings.host]).toEqual([9001, '127.0.0.2'])
  })

  test('ODOO_URL and ODOO_DB name the one database', () => {
    const { databases } = loadSettings({ environment: { ODOO_URL: 'https://odoo.example/', ODOO_DB: 'prod' } })
    expect(databases).toMatchObject([{ name: 'prod', odooUrl: 'https://odoo.example' }])
  })

  test('GATEHOUSE_URL is kept as an origin', () => {
    expect(loadSettings({ environment: { GATEHOUSE_URL: 'https://API.Example/' } }).url).toBe('https://api.example')
  })
})

describe('faults', () => {
  test('all of them are told at once, each by its path', () => {
    const faults = faultsOf(
      { PORT: 'eighty', GATEHOUSE_SANDBOX_ODOO: '16', GATEHOUSE_SECRET: 'short' },
      'tokens: { accessTtlSeconds: 0 }\nnonsense: true',
    )
    expect(faults.map((fault) => fault.path).sort()).toEqual(
      ['GATEHOUSE_SANDBOX_ODOO', 'GATEHOUSE_SECRET', 'PORT', 'gatehouse.yaml', 'tokens.accessTtlSeconds'].sort(),
    )
  })

  const cases: readonly { name: string; environment?: Environment; text?: string; path: string }[] = [
    { name: 'a port above 65535', environment: { PORT: '65536' }, path: 'PORT' },
    {
      name: 'a public address with a path',
      environment: { GATEHOUSE_URL: 'https://x.example/api' },
      path: 'GATEHOUSE_URL',
    },
    {
      name: 'a public address of another scheme',
      environment: { GATEHOUSE_URL: 'ftp://x.example' },
      path: 'GATEHOUSE_URL',
    },
    { name: 'ODOO_URL without ODOO_DB', environment: { ODOO_URL: 'https://o.example' }, path: 'ODOO_DB' },
    { name: 'ODOO_DB without ODOO_URL', environment: { ODOO_DB: 'prod' }, path: 'ODOO_URL' },
    {
      name: 'a store that is no PostgreSQL',
      environment: { DATABASE_URL: 'mysql://h/d' },
      path: 'DATABASE_URL',
    },
    {
      name: 'PostgreSQL without the master key that all nodes share',
      environment: { DATABASE_URL: 'postgres://h/d' },
      path: 'GATEHOUSE_SECRET',
    },
    {
      name: 'an open address with the sandbox',
      environment: { HOST: '0.0.0.0', GATEHOUSE_URL: 'https://x.example' },
      path: 'HOST',
    },
    {
      name: 'an open address without https',
      environment: { HOST: '0.0.0.0', ODOO_URL: 'https://o.example', ODOO_DB: 'prod' },
      path: 'GATEHOUSE_URL',
    },
    { name: 'a file that is no YAML', text: 'port: [', path: 'gatehouse.yaml' },
    { name: 'a file that is a list', text: '- port', path: 'gatehouse.yaml' },
    { name: 'an API of an unknown database', text: 'apis: [{ name: shop, database: other }]', path: 'apis.0.database' },
    {
      name: 'two APIs of one name',
      text: 'apis: [{ name: shop, database: demo }, { name: shop, database: demo }]',
      path: 'apis.1.name',
    },
  ]
  test.each(cases)('$name is refused at $path', ({ environment = {}, text, path }) => {
    expect(faultsOf(environment, text).map((fault) => fault.path)).toEqual([path])
  })

  test('an open address with the sandbox is accepted when the demo is meant', () => {
    const environment = { HOST: '0.0.0.0', GATEHOUSE_URL: 'https://x.example', GATEHOUSE_ALLOW_DEMO: '1' }
    expect(faultsOf(environment)).toEqual([])
  })

  test('a fault never tells the value of a secret', () => {
    const [fault] = faultsOf({ GATEHOUSE_SECRET: 'hunter2' })
    expect(JSON.stringify(fault)).not.toContain('hunter2')
  })
})
