import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sandbox } from '../index.ts'
import { type Client, refusalOf, signIn, startTestSandbox } from '../testing/client.ts'
import type { OdooVersion } from '../version/odoo-version.ts'
import { emptyModels, readInstallation } from './installation.ts'

const VERSIONS: readonly OdooVersion[] = [17, 18, 19]

describe.each(VERSIONS)('the installation of Odoo %i', (version) => {
  const installation = readInstallation(version)

  test('names each model, right and rule once', () => {
    for (const numbers of [
      installation.map(({ number }) => number),
      installation.flatMap(({ access }) => access.map((right) => right.access)),
      installation.flatMap(({ rules }) => rules.map(({ rule }) => rule)),
    ]) {
      expect(numbers.length).toBeGreaterThan(50)
      expect(new Set(numbers).size).toBe(numbers.length)
      expect(numbers.every(Number.isInteger)).toBe(true)
    }
  })

  test('has letters for what rights and rules are about', () => {
    const letters = installation.flatMap(({ access, rules }) => [...access, ...rules].map(({ may }) => may))
    expect(letters.filter((may) => !/^r?w?c?u?$/.test(may))).toEqual([])
  })

  test('leaves models without records to be found empty', () => {
    const [cron] = emptyModels(installation, new Set()).filter(({ model }) => model === 'ir.cron')
    expect(cron).toMatchObject({ label: 'Scheduled Actions', isEmpty: true })
    expect(emptyModels(installation, new Set(installation.map(({ model }) => model)))).toEqual([])
  })
})

describe.each(VERSIONS)('rights and rules of Odoo %i', (odooVersion) => {
  let sandbox: Sandbox
  let admin: Client
  let demo: Client
  let portal: Client

  beforeAll(async () => {
    sandbox = await startTestSandbox({ odooVersion })
    admin = await signIn(sandbox, 'admin')
    demo = await signIn(sandbox, 'demo')
    portal = await signIn(sandbox, 'portal')
  })

  // A rule that cannot be read or names a field that is not there would be a mistake, which closing fails with.
  afterAll(() => sandbox.close())

  test('every rule can be asked by whoever may read the model', async () => {
    for (const { model, transient } of readInstallation(odooVersion)) {
      // One of the wizards is shown only and has no records anywhere.
      if (transient || model === 'res.users.apikeys.show') continue
      for (const who of [demo, portal]) {
        const count = who.call(model, 'search_count', [[]]).catch((error: Error) => error.message)
        expect(await count, model).toEqual(
          expect.toBeOneOf([expect.any(Number), expect.stringMatching(/^You are not/)]),
        )
      }
    }
  })

  test.each(['ir.cron', 'ir.mail_server', 'ir.logging'])(
    '%s is empty for an administrator and closed to others',
    async (model) => {
      expect(await admin.call(model, 'search_read', [[]])).toEqual([])
      const create = refusalOf(admin.call(model, 'create', [{ name: 'x' }]))
      expect((await create).exception).toMatch(/AccessError|UserError/)
      for (const who of [demo, portal]) {
        const refusal = await refusalOf(who.call(model, 'search_read', [[]]))
        expect(refusal.exception).toBe('odoo.exceptions.AccessError')
        expect(refusal.message).toContain(
          `(${model}) records.\n\nThis operation is allowed for the following groups:\n`,
        )
      }
    },
  )

  test('an abstract model is closed to everybody', async () => {
    expect((await refusalOf(admin.call('mail.thread', 'search', [[]]))).message).toContain(
      'No group currently allows this operation.',
    )
  })
})

describe('portal users and the fields of tasks', () => {
  test.each<[OdooVersion, string, string]>([
    [17, 'You cannot read email_cc, access_token fields in task.', 'You cannot write on email_cc fields in task.'],
    [
      18,
      'You cannot read the following fields on tasks: email_cc and access_token',
      'You cannot write on the following fields on tasks: email_cc',
    ],
    [
      19,
      'You do not have enough rights to access the field "email_cc" on Task (project.task). ' +
        'Please contact your system administrator.\n\nOperation: read',
      "You are not allowed to modify 'Task' (project.task) records.",
    ],
  ])('of Odoo %i are refused in its words', async (odooVersion, read, write) => {
    const sandbox = await startTestSandbox({ odooVersion })
    const portal = await signIn(sandbox, 'portal')
    const admin = await signIn(sandbox, 'admin')
    const [user] = (await admin.call('res.users', 'search_read', [[['login', '=', 'portal']], ['partner_id']])) as {
      partner_id: [number, string]
    }[]
    const followers = [[4, user?.partner_id[0]]]
    const project = { name: 'Golden', privacy_visibility: 'portal', message_partner_ids: followers }
    const values = {
      name: 'Golden',
      project_id: await admin.call('project.project', 'create', [project]),
      message_partner_ids: followers,
    }
    const task = await admin.call('project.task', 'create', [values])
    const fields = ['name', 'email_cc', odooVersion === 19 ? 'rating_last_value' : 'access_token']
    expect((await refusalOf(portal.call('project.task', 'read', [[task], fields]))).message).toBe(read)
    const change = portal.call('project.task', 'write', [[task], { email_cc: 'x' }])
    expect((await refusalOf(change)).message).toContain(write)
    expect(await portal.call('project.task', 'read', [[task], ['name']])).toEqual([{ id: task, name: 'Golden' }])
    const search = portal.call('project.task', 'search_count', [[['email_cc', '=', 'x']]])
    expect((await refusalOf(search)).message).toContain('email_cc')
    const described = await portal.call('project.task', 'fields_get', [])
    expect(described).toHaveProperty('name')
    expect(described).not.toHaveProperty('email_cc')
    await sandbox.close()
  })
})
