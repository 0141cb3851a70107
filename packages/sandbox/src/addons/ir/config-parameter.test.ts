import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sandbox } from '../../index.ts'
import { type Client, refusalOf, signIn, startTestSandbox } from '../../testing/client.ts'

let sandbox: Sandbox
let admin: Client
let demo: Client
const MODEL = 'ir.config_parameter'

beforeAll(async () => {
  sandbox = await startTestSandbox()
  admin = await signIn(sandbox, 'admin')
  demo = await signIn(sandbox, 'demo')
})

afterAll(() => sandbox.close())

describe('system parameters', () => {
  test('answer what they were when they are set, and the default when they are not there', async () => {
    const set = (value: unknown) => admin.call(MODEL, 'set_param', ['golden.key', value])
    const get = (...rest: unknown[]) => admin.call(MODEL, 'get_param', ['golden.key', ...rest])
    expect(await get()).toBe(false)
    expect(await get('none')).toBe('none')
    expect(await set(5)).toBe(false)
    expect(await get()).toBe('5')
    expect(await set(true)).toBe('5')
    expect(await get()).toBe('True')
    expect(await set(false)).toBe('True')
    expect(await get()).toBe(false)
  })

  test('have each key once, and keep those that every database has', async () => {
    const [uuid] = (await admin.call(MODEL, 'search', [[['key', '=', 'database.uuid']]])) as number[]
    const twice = refusalOf(admin.call(MODEL, 'create', [{ key: 'database.uuid', value: 'x' }]))
    expect((await twice).message).toBe('The operation cannot be completed: Key must be unique.')
    expect((await refusalOf(admin.call(MODEL, 'unlink', [[uuid]]))).message).toBe(
      'You cannot delete the database.uuid record.',
    )
    expect((await refusalOf(admin.call(MODEL, 'write', [[uuid], { key: 'x' }]))).message).toBe(
      'You cannot rename config parameters with keys database.uuid',
    )
  })

  test('are made for each database anew where they have to be its own', async () => {
    const other = await startTestSandbox()
    const uuid = await admin.call(MODEL, 'get_param', ['database.uuid'])
    expect(uuid).toMatch(/^[0-9a-f-]{36}$/)
    expect(await (await signIn(other, 'admin')).call(MODEL, 'get_param', ['database.uuid'])).not.toBe(uuid)
    await other.close()
  })

  test.each([
    ['get_param', ['web.base.url']],
    ['set_param', ['web.base.url', 'x']],
    ['search_read', [[]]],
    ['name_search', ['web']],
    ['read', [[1]]],
  ])('refuse %s to whoever is no administrator', async (method, args) => {
    expect((await refusalOf(demo.call(MODEL, method, args))).message).toBe(
      "You are not allowed to access 'System Parameter' (ir.config_parameter) records.\n\n" +
        'This operation is allowed for the following groups:\n\t- Administration/Settings\n\n' +
        'Contact your administrator to request access if necessary.',
    )
  })
})
