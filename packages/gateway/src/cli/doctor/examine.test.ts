import { OdooFault } from '@odoo-gatehouse/odoo/client'
import { describe, expect, test } from 'vitest'
import { loadSettings } from '../../config/load-settings.ts'
import { ApiInput } from '../../policy/api.ts'
import { examineApis } from './examine-apis.ts'
import { examineExposures } from './examine-exposures.ts'
import { describeHealth } from './examine-files.ts'
import { examineSettings } from './examine-settings.ts'
import { describeFindings, type Finding, findingsAbout } from './finding.ts'

const told = (findings: readonly Finding[]) => findings.map(({ state, what }) => `${state}: ${what}`)

describe('settings', () => {
  const ODOO = { ODOO_URL: 'http://10.0.0.7:8069', ODOO_DB: 'p' }
  const cases: readonly {
    name: string
    env?: Record<string, string>
    file?: string
    unchecked?: boolean
    says: RegExp
  }[] = [
    { name: 'usual ones', says: /^ok: / },
    { name: 'Odoo over plain http', env: ODOO, says: /^warning: Odoo of p is called at http:.*not https/ },
    {
      name: 'a public address without TLS',
      env: { GATEHOUSE_URL: 'http://gate.example' },
      says: /^warning: GATEHOUSE_URL/,
    },
    { name: 'a proxy that is everybody', file: 'trustedProxies: [0.0.0.0/0]', says: /^fault: trustedProxies holds/ },
    { name: 'certificates unchecked', unchecked: true, says: /^fault: NODE_TLS_REJECT_UNAUTHORIZED/ },
    {
      name: 'long access tokens',
      file: 'tokens: {accessTtlSeconds: 7200}',
      says: /^warning: Access tokens live for 7200/,
    },
    {
      name: 'refresh tokens for scripts',
      file: 'tokens: {showRefreshTokenToBrowsers: true}',
      says: /^warning: tokens\.show/,
    },
  ]
  test.each(cases)('$name', ({ env = {}, file = '', unchecked = false, says }) => {
    const settings = loadSettings({ environment: env, file: { name: 'test.yaml', text: file } })
    expect(told(examineSettings(settings, { tlsUnchecked: unchecked }))).toEqual([expect.stringMatching(says)])
  })
})

const api = (name: string, more: object = {}) => ({
  api: ApiInput.parse({ name, database: 'p', ...more }),
  source: 'stored' as const,
  change: undefined,
})

test('APIs: what is missing, cannot be used, is open to plain http, or dangerous', () => {
  const exposures = [
    { model: 'res.users', verbs: ['update'], dangerous: true },
    { model: 'ir.mail_server', verbs: ['read'], dangerous: true },
  ]
  const apis = [api('shop', { origins: ['http://shop.example', 'http://localhost:5173'], exposures })]
  const unusable = [{ database: 'p', name: 'old', reason: 'it cannot be read' }]
  expect(told(examineApis({ apis, unusable }, ['p'], new Map()))).toEqual([
    expect.stringMatching(/^fault: The stored API p\/old cannot be used/),
    expect.stringMatching(/^warning: The database p has no API "default"/),
    expect.stringMatching(/^warning: .* pages of http:\/\/shop\.example read/),
    expect.stringMatching(/^warning: .*may write to res\.users/),
    expect.stringMatching(/^warning: .*may read ir\.mail_server/),
  ])
  expect(told(examineApis({ apis: [api('shop')], unusable: [] }, ['p'], new Map([['p', 'shop']])))).toEqual([
    'ok: 1 APIs, none with anything odd.',
  ])
})

test('exposures: a model is asked for once, and told from one that is hidden', async () => {
  const asked: string[] = []
  const odoo = {
    login: 'ada',
    callKw: async (model: string) => {
      asked.push(model)
      const exceptionName = { 'x.gone': 'builtins.KeyError', 'x.hidden': 'odoo.exceptions.AccessError' }[model]
      if (exceptionName === undefined) return { name: {}, email: {} }
      throw new OdooFault({ exceptionName, message: '', arguments: [], context: {} })
    },
  }
  const exposed = (model: string, more: object = {}) => ({ model, verbs: ['read'], ...more })
  const apis = [
    api('one', {
      exposures: [exposed('x.gone'), exposed('x.hidden'), exposed('x.fine', { readableFields: ['name'] })],
    }),
    api('two', { exposures: [exposed('x.fine', { forcedDomain: "[('stage', '=', 1)]", defaultFields: ['email'] })] }),
  ].map((entry) => entry.api)
  const findings = await examineExposures('p', apis, odoo, () => undefined)
  expect(asked).toEqual(['x.fine', 'x.gone', 'x.hidden'])
  expect(told(findings)).toEqual([
    expect.stringMatching(/^warning: The API two names fields that x\.fine .*: stage\.$/),
    expect.stringMatching(/^fault: There is no model x\.gone, which APIs expose \(one\)/),
    expect.stringMatching(/^unknown: ada may not read x\.hidden/),
  ])
})

test('a damaged store is a fault, and so told instead of being well', () => {
  const health = { engine: 'SQLite', version: '3', bytes: 1, damages: ['row 7 missing from index'] } as const
  expect(told(describeHealth(health))).toEqual(['fault: The store is damaged: row 7 missing from index.'])
})

test('findings are told part by part, with why and what next', () => {
  const { fault, ok } = findingsAbout('store')
  const text = describeFindings([ok('It answers.'), fault('It is full.', { why: 'No room.', next: 'Make room.' })])
  expect(text).toBe(`store
  ok       It answers.
  FAULT    It is full.
           No room.
           -> Make room.

Faults: 1, warnings: 0, not looked at: 0, fine: 1.`)
})
