import { ApiInput, WAYS_IN } from '../../policy/api.ts'

const ALL = ['read', 'create', 'update', 'delete'] as const

/** Models that the demo lets everyone read and write, as far as Odoo lets the user. */
const WRITABLE = [
  'res.partner',
  'res.partner.bank',
  'res.partner.category',
  'project.project',
  'project.task',
  'project.project.stage',
  'project.tags',
]

/** Models that the demo shows: all fields of some, of others only those that say who and which. */
const READABLE = [
  { model: 'res.users', readableFields: ['id', 'name', 'login'] },
  { model: 'res.company', readableFields: ['id', 'name'] },
  { model: 'res.country' },
  { model: 'res.country.state' },
  { model: 'res.currency' },
]

/** The API of the sandbox for everything else. */
export const DEMO_API = 'default'

/** The API of the sandbox whose sign-in will be an outside provider's. */
export const DEMO_SSO_API = 'demo-sso'

/** The APIs that the sandbox's database has: `default`, and one with the same exposures for single sign-on. */
export function demoApis(database: string): readonly ApiInput[] {
  const exposures = [
    ...WRITABLE.map((model) => ({ model, verbs: ALL })),
    ...READABLE.map((exposure) => ({ ...exposure, verbs: ['read'] })),
  ]
  return [DEMO_API, DEMO_SSO_API].map((name) => ApiInput.parse({ name, database, waysIn: WAYS_IN, exposures }))
}
