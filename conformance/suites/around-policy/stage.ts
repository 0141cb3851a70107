import { expect } from 'vitest'
import { sandboxUrlOf } from '../../harness/demo-credentials.ts'
import { startGateway } from '../../harness/gateway-process.ts'
import type { Answer } from '../../harness/http-call.ts'
import { type OdooAdmin, openOdooAdmin } from '../../harness/odoo-admin.ts'
import { type Records, recordsOf } from '../../harness/records.ts'
import { expectRefused } from '../../harness/refusal.ts'
import { type Session, signIn } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

/** What a partner's `function` must be to lie inside the API `fence`. */
export const FENCE = 'Inside the fence'

/** Stands in fields that no API of the stage shows. No answer may hold it. */
export const SECRET = 'SECRET-BE0477472701'

const ALL = ['read', 'create', 'update', 'delete']

const database = 'demo'

const PARTNER_FIELDS = [
  ...['name', 'phone', 'function', 'parent_id', 'child_ids', 'category_id', 'country_id', 'user_id', 'bank_ids'],
]

/**
 * The doors of the stage. Whoever tries to get around them is Odoo's administrator: Odoo itself would let him do all of
 * it.
 */
export const APIS = [
  {
    name: 'fence',
    database,
    exposures: [
      {
        model: 'res.partner',
        alias: 'contacts',
        verbs: ALL,
        readableFields: [...PARTNER_FIELDS, 'company_id'],
        writableFields: PARTNER_FIELDS,
        forcedDomain: `[('function', '=', '${FENCE}')]`,
        limitMax: 3,
      },
      { model: 'res.country', verbs: ['read'], readableFields: ['name'] },
      { model: 'res.partner.category', verbs: ['read'], readableFields: ['name', 'parent_id'] },
      { model: 'res.partner.bank', verbs: ['read'] },
      { model: 'res.users', verbs: ['read'], readableFields: ['name', 'login'] },
      {
        model: 'project.task',
        verbs: ['read', 'create', 'update'],
        forcedDomain: "[('project_id.privacy_visibility', '=', 'portal')]",
      },
    ],
  },
  {
    name: 'mine',
    database,
    exposures: [{ model: 'res.partner', verbs: ALL, forcedDomain: "[('user_id', '=', '$uid')]" }],
  },
  {
    name: 'company',
    database,
    exposures: [{ model: 'res.partner', verbs: ALL, forcedDomain: "[('company_id', '=', '$company_id')]" }],
  },
  {
    name: 'scoped',
    database,
    scopes: ['res.partner:read', 'res.country:update'],
    exposures: [
      { model: 'res.partner', verbs: ALL },
      { model: 'res.country', verbs: ['read'] },
    ],
  },
  { name: 'elsewhere', database, addresses: ['203.0.113.0/24', '2001:db8::/32'], exposures: [] },
  { name: 'closed', database, waysIn: [], exposures: [{ model: 'res.partner', verbs: ALL }] },
  { name: 'keys-only', database, waysIn: ['api_key'], exposures: [{ model: 'res.partner', verbs: ALL }] },
  {
    name: 'limited',
    database,
    rateLimit: { perGrant: { perMinute: 3 } },
    exposures: [{ model: 'res.partner', verbs: ALL }],
  },
]

/** Whatever a write could change. */
const WATCHED = [
  ...['res.partner', 'res.partner.category', 'res.partner.bank', 'res.country', 'res.company', 'res.users'],
  ...['res.groups', 'project.project', 'project.task', 'ir.config_parameter', 'ir.model.access', 'ir.rule'],
]

/** A gateway with these doors, the Odoo behind it, and a few records there. */
export type Stage = {
  readonly url: string
  readonly odoo: OdooAdmin
  readonly session: Session
  /** The administrator at the API `fence`. */
  readonly fence: Records
  /** The same at another API. */
  at(api: string): Promise<Records>
  readonly ids: Ids
  stop(): Promise<void>
  /** Fails unless the answer is a refusal that tells nothing, and Odoo is as it was when the stage was opened. */
  expectNothing(answer: Answer): Promise<void>
}

/** Records of the stage: inside and outside the fence, each with a contact of its own. */
type Ids = Readonly<Record<'inside' | 'insideChild' | 'outside' | 'outsideChild' | 'tag' | 'bank' | 'task', number>>

/** Opens a stage of the suite's own. */
export async function openStage(): Promise<Stage> {
  const gateway = await startGateway({ settings: { apis: APIS }, env: target.upstream })
  const { admin } = target.users
  const odoo = await openOdooAdmin(sandboxUrlOf(gateway), database, admin)
  const ids = await makeRecords(odoo)
  const session = await signIn(gateway.url, admin, { api: 'fence' })
  const before = await odoo.state(WATCHED)
  return {
    url: gateway.url,
    odoo,
    ids,
    session,
    fence: recordsOf(session),
    at: async (api) => recordsOf(await signIn(gateway.url, admin, { api })),
    stop: async () => {
      await gateway.stop()
    },
    expectNothing: async (answer) => {
      expectRefused(answer, { status: [400, 403, 404] })
      expect(answer.text).not.toContain(SECRET)
      expect(await odoo.state(WATCHED), 'something was written').toBe(before)
    },
  }
}

async function makeRecords(odoo: OdooAdmin): Promise<Ids> {
  const secrets = { ref: SECRET, email: `${SECRET}@example.com` }
  const partner = (values: object) => odoo.create('res.partner', { ...secrets, ...values })
  const inside = await partner({ name: 'Inside', function: FENCE, is_company: true })
  const outside = await partner({ name: `Outside ${SECRET}`, function: 'elsewhere', is_company: true })
  const bank = await odoo.create('res.partner.bank', { acc_number: 'BE71096123456769', partner_id: inside })
  const project = await odoo.create('project.project', { name: 'Open to all', privacy_visibility: 'portal' })
  return {
    inside,
    outside,
    insideChild: await partner({ name: 'Inside too', function: FENCE, parent_id: inside }),
    outsideChild: await partner({ name: `Outside too ${SECRET}`, function: 'elsewhere', parent_id: inside }),
    tag: await odoo.create('res.partner.category', { name: 'A tag' }),
    bank,
    task: await odoo.create('project.task', { name: 'A task', project_id: project }),
  }
}
