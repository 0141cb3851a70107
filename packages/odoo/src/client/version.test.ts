import { describe, expect, test } from 'vitest'
import {
  capabilitiesOf,
  createOdooTransport,
  ODOO_CAPABILITIES,
  type OdooVersion,
  probeVersion,
  readVersion,
} from './index.ts'
import { recorded, startOdoo } from './testing/recorded-odoo.ts'

test.each([17, 18, 19])('Odoo %i tells its version without a sign-in', async (major) => {
  await using odoo = await startOdoo(() => recorded(`version_${major}`))
  const transport = createOdooTransport({ url: odoo.url })
  const serie = `${major}.0`
  expect(await probeVersion(transport)).toStrictEqual({ serie, major, minor: 0, serverVersion: serie })
  expect(odoo.seen).toMatchObject([{ method: 'POST', path: '/web/webclient/version_info' }])
  await transport.close()
})

describe('the forms of a version', () => {
  test.each<[text: string, version: Partial<OdooVersion> | undefined]>([
    ['18.0', { serie: '18.0', major: 18, minor: 0 }],
    ['18.0+e', { serie: '18.0', major: 18, minor: 0, serverVersion: '18.0+e' }],
    ['19.0alpha1', { serie: '19.0', major: 19, minor: 0 }],
    ['18.0-20260101', { serie: '18.0', major: 18, minor: 0 }],
    ['saas~18.2', { serie: 'saas~18.2', major: 18, minor: 2, saas: true }],
    ['saas~18.2+e', { serie: 'saas~18.2', major: 18, minor: 2, saas: true }],
    ['saas-17.4', { serie: 'saas-17.4', major: 17, minor: 4, saas: true }],
    ['master', undefined],
    ['18', undefined],
    ['', undefined],
  ])('%s', (server_version, version) => {
    const read = readVersion({ server_version })
    if (version === undefined) expect(read).toBeUndefined()
    else expect(read).toMatchObject(version)
  })

  test('a serie that Odoo tells is kept', () => {
    expect(readVersion({ server_version: 'saas~18.2+e', server_serie: 'saas~18.2' })?.serie).toBe('saas~18.2')
  })
})

describe('capabilities', () => {
  test('each version has its row', () => {
    for (const major of [14, 15, 16, 17, 18, 19] as const)
      expect(capabilitiesOf({ major })).toBe(ODOO_CAPABILITIES[major])
  })

  test('a later version is taken for the newest, an earlier one is refused', () => {
    expect(capabilitiesOf({ major: 21 })).toBe(ODOO_CAPABILITIES[19])
    expect(() => capabilitiesOf({ major: 13 })).toThrow(RangeError)
  })

  test('what recordings show to differ from 17 to 19 differs in the table', () => {
    expect(ODOO_CAPABILITIES[17]).toMatchObject({
      copyAnswersList: false,
      hasAccess: false,
      groupsFieldName: 'groups_id',
    })
    expect(ODOO_CAPABILITIES[18]).toMatchObject({
      copyAnswersList: true,
      hasAccess: true,
      groupsFieldName: 'groups_id',
    })
    expect(ODOO_CAPABILITIES[19]).toMatchObject({ formattedReadGroup: true, json2: true, groupsFieldName: 'group_ids' })
  })
})
