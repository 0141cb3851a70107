import { describe, expect, test } from 'vitest'
import { startToEnd } from '../../harness/gateway-process.ts'
import { canStartGateways } from '../../harness/target.ts'

const FIXED_SEGMENTS =
  'api auth web oauth2 restapi report admin docs console static healthz readyz metrics openapi jsonrpc xmlrpc mcp'.split(
    ' ',
  )
const EXPOSURES = [{ model: 'res.partner', verbs: ['read'] }]
const api = (more: object) => ({ apis: [{ name: 'sales', database: 'demo', exposures: EXPOSURES, ...more }] })

// skip: needs a gateway with settings of its own, which a given GATEHOUSE_TEST_URL is not.
describe.skipIf(!canStartGateways)('the settings file', () => {
  test('all faults are told at once, each by its path', async () => {
    const { code, output } = await startToEnd({
      settings: {
        tokens: { accessTtlSeconds: 'soon', graceSeconds: -1, unknownSetting: 5 },
        apis: [
          { name: 'Sales', database: 'demo', exposures: EXPOSURES },
          { name: 'sales', database: 'demo', exposures: [{ model: 'res.partner', verbs: ['fly'], limitMax: 0 }] },
        ],
      },
      env: { PORT: 'http' },
    })
    expect(code).not.toBe(0)
    expect(code).not.toBeNull()
    for (const path of ['PORT', 'accessTtlSeconds', 'graceSeconds', 'unknownSetting', 'name', 'verbs', 'limitMax']) {
      expect(output).toContain(path)
    }
    expect(output).toMatch(/apis[[.]0\]?\.name/)
    expect(output).toMatch(/apis[[.]1\]?\.exposures[[.]0\]?\.verbs/)
    expect(output).toMatch(/tokens\.accessTtlSeconds/)
    expect(output).not.toMatch(/^\s+at .+[:(]\d+/m)
  })

  test.each([
    ['the first segment of a fixed path', FIXED_SEGMENTS],
    ['against the pattern', ['', 'a', 'Sales', '1sales', 'sales_eu', '-sales', 'sälés', 'a'.repeat(33), 5]],
  ])('an API may not have a name that is %s, and each is told', async (_name, names) => {
    const { code, output } = await startToEnd({ settings: { apis: names.map((name) => api({ name }).apis[0]) } })
    expect(code).not.toBe(0)
    expect(code).not.toBeNull()
    for (const [index, name] of names.entries()) {
      expect(output, String(name)).toMatch(new RegExp(`apis[[.]${index}\\]?\\.name`))
    }
  })

  test.each<[string, object, RegExp]>([
    ['two APIs of one name', { apis: [api({}).apis[0], api({}).apis[0]] }, /apis.*sales|apis[[.]1\]?/],
    ['an API of an unknown database', api({ database: 'nowhere' }), /apis[[.]0\]?\.database/],
    [
      'a forced domain that is no domain',
      api({ exposures: [{ ...EXPOSURES[0], forcedDomain: '[(' }] }),
      /forcedDomain/,
    ],
    [
      'a forced domain that is code',
      api({ exposures: [{ ...EXPOSURES[0], forcedDomain: "[('id','=',uid)]" }] }),
      /forcedDomain/,
    ],
    ['a model that is no name', api({ exposures: [{ model: 'res partner', verbs: ['read'] }] }), /model/],
    ['a model twice', api({ exposures: [EXPOSURES[0], EXPOSURES[0]] }), /exposures/],
    ['an origin that is a pattern', api({ origins: ['*'] }), /origins/],
    ['an origin with a path', api({ origins: ['https://app.example/path'] }), /origins/],
    ['a setting that there is not', { tokenz: {} }, /tokenz/],
  ])('refuses %s', async (_name, settings, named) => {
    await expectFault(settings, named)
  })
})

async function expectFault(settings: object, named: RegExp): Promise<void> {
  const { code, output } = await startToEnd({ settings })
  expect(code, `it did not end:\n${output}`).not.toBeNull()
  expect(code).not.toBe(0)
  expect(output).toMatch(named)
  expect(output).not.toMatch(/^\s+at .+[:(]\d+/m)
}
