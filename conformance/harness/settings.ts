/** Rules of one model in an API, as the settings file names them. */
export type ExposureSettings = {
  readonly model: string
  readonly verbs: readonly ('read' | 'create' | 'update' | 'delete')[]
  readonly readableFields?: readonly string[]
  readonly writableFields?: readonly string[]
  readonly defaultFields?: readonly string[]
  readonly forcedDomain?: string
  readonly limitMax?: number
}

/** One API of the settings file. */
export type ApiSettings = {
  readonly name: string
  readonly database: string
  readonly origins?: readonly string[]
  readonly exposures: readonly ExposureSettings[]
}

/** What a partner's `function` must be to lie inside the API `fenced`. */
export const FENCE = 'Gatehouse fence'

/** The colours of the partners inside the API `ranged`. */
export const RANGE = [7, 8] as const

const ALL = ['read', 'create', 'update', 'delete'] as const
const READ = ['read'] as const

/** The exposures of the API `default` (CONTRACT §8). */
export const DEMO_EXPOSURES: readonly ExposureSettings[] = [
  { model: 'res.partner', verbs: ALL },
  { model: 'res.partner.bank', verbs: ALL },
  { model: 'res.partner.category', verbs: ALL },
  { model: 'project.project', verbs: ALL },
  { model: 'project.task', verbs: ALL },
  { model: 'project.project.stage', verbs: ALL },
  { model: 'project.tags', verbs: ALL },
  { model: 'res.users', verbs: READ, readableFields: ['id', 'name', 'login'] },
  { model: 'res.company', verbs: READ, readableFields: ['id', 'name'] },
  { model: 'res.country', verbs: READ },
  { model: 'res.country.state', verbs: READ },
  { model: 'res.currency', verbs: READ },
]

/**
 * The APIs that the suites use beside `default`, each narrow in one way:
 * `fenced` and `ranged` have a forced domain (an `=` leaf, another leaf), `narrow` shows few fields and few records,
 * `tagged` may only read the tags of a partner, `reader` may only read partners, `alone` exposes nothing but partners.
 */
export function extraApis(database: string): readonly ApiSettings[] {
  return [
    {
      name: 'fenced',
      database,
      exposures: [
        { model: 'res.partner', verbs: ALL, forcedDomain: `[('function','=','${FENCE}')]` },
        { model: 'res.country', verbs: READ, forcedDomain: "[('code','=','US')]" },
        { model: 'res.partner.category', verbs: ALL },
      ],
    },
    {
      name: 'ranged',
      database,
      exposures: [{ model: 'res.partner', verbs: ALL, forcedDomain: `[('color','in',[${RANGE.join(',')}])]` }],
    },
    {
      name: 'narrow',
      database,
      exposures: [
        {
          model: 'res.partner',
          verbs: ALL,
          readableFields: ['name', 'email', 'phone', 'parent_id', 'child_ids', 'country_id'],
          writableFields: ['name', 'email'],
          defaultFields: ['email'],
          limitMax: 5,
        },
        { model: 'res.country', verbs: READ, readableFields: ['name'] },
      ],
    },
    {
      name: 'tagged',
      database,
      exposures: [
        { model: 'res.partner', verbs: ALL },
        { model: 'res.partner.category', verbs: READ },
        { model: 'res.users', verbs: READ, readableFields: ['name', 'login'] },
      ],
    },
    { name: 'reader', database, exposures: [{ model: 'res.partner', verbs: READ }] },
    { name: 'alone', database, exposures: [{ model: 'res.partner', verbs: ALL }] },
  ]
}

/** All suites of a run share one address, and many of them send wrong passwords: those of suites/throttling set limits. */
const UNTHROTTLED = {
  accountAddress: { failures: 100_000 },
  address: { failures: 100_000 },
  account: { failures: 100_000 },
  database: { failures: 100_000 },
}

/** Settings for the sandbox, whose API `default` is the one that ships with it. */
export function sandboxSettings(): object {
  return { apis: extraApis('demo'), throttle: UNTHROTTLED }
}

/** Settings for another Odoo, where `default` must be made. */
export function odooSettings(database: string): object {
  return {
    apis: [{ name: 'default', database, exposures: DEMO_EXPOSURES }, ...extraApis(database)],
    throttle: UNTHROTTLED,
  }
}
