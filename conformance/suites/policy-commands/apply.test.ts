import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Installation, makeInstallation, policyOf } from './installation.ts'

let node: Installation
beforeAll(() => {
  node = makeInstallation()
})
afterAll(() => node.remove())

/** What a command printed, of an installation that it must not change. */
async function unchangedBy<Answer>(act: () => Promise<Answer>): Promise<Answer> {
  const before = await node.run('export')
  const answer = await act()
  expect((await node.run('export')).stdout).toBe(before.stdout)
  return answer
}

const EVERYTHING = {
  name: 'everything',
  database: 'demo',
  waysIn: ['password', 'api_key'],
  origins: ['https://shop.example'],
  addresses: ['10.0.0.0/8', '2001:db8::/32'],
  rateLimit: { perGrant: { perMinute: 60, burst: 10 }, perApi: { perMinute: 6000 } },
  scopes: ['*:read', 'res.partner:update'],
  exposures: [
    {
      model: 'res.partner',
      alias: 'contacts',
      verbs: ['read', 'update'],
      readableFields: ['name', 'email', 'company_id'],
      writableFields: ['email'],
      defaultFields: ['name'],
      forcedDomain: "[('company_id', '=', '$company_id'), ('user_id', '=', '$uid')]",
      methods: ['action_archive'],
      limitMax: 10,
      requiredOnCreate: ['name'],
    },
    { model: 'res.users', verbs: ['update'], dangerous: true },
  ],
}

describe('apply', () => {
  test('sets an API, says what it changed, and finds nothing to do the second time', async () => {
    const set = await node.apply(policyOf('shop', 'res.partner'))
    expect(set).toMatchObject({ code: 0, stderr: '' })
    expect(set.stdout).toContain('+ demo/shop')
    expect((await node.apply(policyOf('shop', 'res.partner'))).stdout).toBe('Nothing to change: 1 API as wanted.\n')
    const changed = await node.apply(policyOf('shop', 'res.partner', 'res.country'), '--json')
    expect(changed.json).toEqual({
      changes: [
        {
          kind: 'change',
          database: 'demo',
          name: 'shop',
          differences: [{ path: 'exposures.res.country.verbs', after: ['read'] }],
        },
      ],
      unchanged: 0,
    })
  })

  test('--check changes nothing, shows the difference, and ends with 1 where something would change', async () => {
    await node.apply(policyOf('checked', 'res.partner'))
    const same = await unchangedBy(() => node.apply(policyOf('checked', 'res.partner'), '--check'))
    expect(same).toMatchObject({ code: 0, stderr: '' })
    const other = { apis: [{ ...policyOf('checked', 'res.partner').apis[0], addresses: ['10.0.0.0/8'] }] }
    const differs = await unchangedBy(() => node.apply(other, '--check'))
    expect(differs.code).toBe(1)
    expect(differs.stdout).toContain('~ demo/checked')
    expect(differs.stdout).toContain('addresses: (none) -> ["10.0.0.0/8"]')
    expect(differs.stdout).toContain('Would change 1 API')
  })

  test('--prune removes what the file does not have, and only with it', async () => {
    await node.apply(policyOf('pruned', 'res.partner'))
    await node.apply(policyOf('kept', 'res.partner'))
    const names = async () => (await node.run('api', 'list')).stdout
    expect(await names()).toContain('pruned')
    expect((await node.apply(policyOf('kept', 'res.partner'), '--prune')).stdout).toContain('- demo/pruned')
    expect(await names()).not.toContain('pruned')
    expect(await names()).toContain('kept')
  })

  test('of a broken file changes nothing, and lists every fault by its path', async () => {
    const broken = {
      apis: [
        { name: 'fine', database: 'demo', exposures: [{ model: 'res.partner', verbs: ['read'] }] },
        {
          name: 'Bad',
          database: 'nowhere',
          waysIn: ['magic'],
          addresses: ['10.0.0.0/99'],
          rateLimit: { perGrant: { perMinute: 5, burst: 50 } },
          scopes: ['everything'],
          passThrough: ['/shop'],
          exposures: [
            { model: 'res.partner', verbs: ['fly'], forcedDomain: "[('x', '=', '$nobody')]", limitMax: 0 },
            { model: 'ir.rule', verbs: ['update'] },
          ],
        },
        { name: 'fine', database: 'demo', exposures: [] },
      ],
    }
    const { code, stdout, stderr } = await unchangedBy(() => node.apply(broken))
    expect(code).toBe(78)
    expect(stdout).toBe('')
    for (const path of [
      ...['apis.1.name', 'apis.1.database', 'apis.1.waysIn.0', 'apis.1.addresses.0', 'apis.1.scopes.0', 'apis.1 '],
      ...['apis.1.rateLimit.perGrant.burst', 'apis.1.exposures.0.verbs.0', 'apis.1.exposures.0.forcedDomain'],
      ...['apis.1.exposures.0.limitMax', 'apis.1.exposures.1.dangerous', 'apis.2.name'],
    ]) {
      expect(stderr).toContain(`\n  ${path}`)
    }
    expect(stderr).toContain('"passThrough"')
    expect(stderr).not.toMatch(/^\s+at .+[:(]\d+/m)
  })

  test.each([
    ['no YAML', 'apis: [', /is not valid YAML/],
    ['nothing that is known', 'port: 8080', /apis must be a list[\s\S]*not known: "port"|not known: "port"[\s\S]*apis/],
    ['a list', '[]', /must hold settings by name/],
  ])('of %s changes nothing', async (_name, text, sentence) => {
    const { code, stderr } = await unchangedBy(() => node.apply(text))
    expect(code).toBe(78)
    expect(stderr).toMatch(sentence)
  })

  test('of a file that is not there says so', async () => {
    const { code, stderr } = await unchangedBy(() => node.run('apply', 'nowhere.yaml'))
    expect(code).toBe(78)
    expect(stderr).toBe('gatehouse: The file nowhere.yaml cannot be read: check its path.\n')
  })

  test.each(['--check', '--json'])(
    'never ends with 1, which means a difference, where it failed (%s)',
    async (option) => {
      const { code, stdout, stderr } = await node.run('apply', 'nowhere.yaml', option)
      expect({ code, stdout }).toEqual({ code: 78, stdout: '' })
      expect(stderr).toContain('The file nowhere.yaml cannot be read')
    },
  )

  test('tells a failure to programs as JSON on standard error', async () => {
    const { stderr } = await node.run('apply', 'nowhere.yaml', '--json')
    expect(JSON.parse(stderr)).toEqual({
      error: 'The file nowhere.yaml cannot be read: check its path.',
      code: 'command',
    })
  })

  test('leaves an API of the settings file alone, and everything else with it', async () => {
    const fixed = policyOf('fixed', 'res.partner')
    const wanted = { apis: [...policyOf('another', 'res.partner').apis, ...policyOf('fixed', 'res.country').apis] }
    const file = node.write('wanted.json', wanted)
    const { code, stderr } = await node.runWith(fixed, 'apply', file)
    expect(code).toBe(78)
    expect(stderr).toContain('The API "fixed" of the database "demo" is set in the settings file')
    expect((await node.run('api', 'list')).stdout).not.toContain('another')
  })
})

describe('export', () => {
  test('writes what apply reads: nothing is lost on the way, and nothing changes', async () => {
    await node.apply({ apis: [EVERYTHING] })
    const file = node.write('policy.yaml', '')
    const written = await node.run('export', '-o', file)
    expect(written).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+ APIs written to /) })
    expect(await node.run('apply', file, '--check')).toMatchObject({ code: 0, stderr: '' })
    expect((await node.run('apply', file)).stdout).toContain('Nothing to change')
    expect(readFileSync(file, 'utf8')).toBe((await node.run('export')).stdout)
  })

  test('writes every setting as it was given', async () => {
    await node.apply({ apis: [EVERYTHING] })
    const { json } = await node.run('export', '--json')
    expect(json).toMatchObject({ apis: expect.arrayContaining([EVERYTHING]) })
    const shown = await node.run('api', 'show', 'everything', '--json')
    expect(shown.json).toMatchObject({ source: 'stored', api: EVERYTHING })
  })

  test('goes to a fresh installation as a whole', async () => {
    await node.apply({ apis: [EVERYTHING] })
    const { stdout } = await node.run('export')
    const fresh = makeInstallation()
    try {
      expect((await fresh.apply(stdout)).code).toBe(0)
      expect((await fresh.run('export')).stdout).toBe(stdout)
    } finally {
      fresh.remove()
    }
  })
})
