import type { Operation } from '../engine/contract.ts'

/** What the domains of rules are written with. */
export type RuleScope = {
  readonly uid: number
  readonly partnerId: number
  readonly commercialPartnerId: number
  readonly companyIds: readonly number[]
}

/**
 * A record rule: who it is for (nobody named: everybody, and then it always holds), what it is for (default all four),
 * and which records it leaves. Rules without groups are joined by AND; of those with groups, one that the user belongs
 * to suffices (odoo 18.0 ir_rule.py, _compute_domain).
 */
export type RecordRule = {
  readonly model: string
  readonly name: string
  readonly groups: readonly string[]
  readonly for: readonly Operation[]
  readonly domain: (scope: RuleScope) => unknown[]
}

const ALL: readonly Operation[] = ['read', 'write', 'create', 'unlink']
const READ: readonly Operation[] = ['read']
const CHANGE: readonly Operation[] = ['write', 'create', 'unlink']
const everything = (): unknown[] => []
const ownCompanies = ({ companyIds }: RuleScope): unknown[] => [['company_id', 'in', [...companyIds, false]]]

/** Project and task are visible to whoever may see the project, follows it, follows the task or works on it. */
const visibleTask = ({ partnerId, uid }: RuleScope): unknown[] => [
  ...['|', '&', ['project_id', '!=', false], '|'],
  ['project_id.privacy_visibility', 'in', ['employees', 'portal']],
  ['project_id.message_partner_ids', 'in', [partnerId]],
  ...['|', ['message_partner_ids', 'in', [partnerId]], ['user_ids', 'in', [uid]]],
]

/** The rules of base and project on the sandbox's models (base_security.xml, project_security.xml). */
export const RECORD_RULES: readonly RecordRule[] = [
  {
    model: 'res.partner',
    name: 'res.partner company',
    groups: [],
    for: ALL,
    domain: ({ companyIds }) => [
      ...['|', '|', ['partner_share', '=', false]],
      ...[
        ['company_id', 'in', companyIds],
        ['company_id', '=', false],
      ],
    ],
  },
  {
    model: 'res.partner',
    name: 'res_partner: portal/public: read access on my commercial partner',
    groups: ['base.group_portal', 'base.group_public'],
    for: READ,
    domain: ({ commercialPartnerId }) => [['id', 'child_of', commercialPartnerId]],
  },
  {
    model: 'res.partner.bank',
    name: 'Partner bank company rule',
    groups: [],
    for: ALL,
    domain: ownCompanies,
  },
  {
    model: 'res.users',
    name: 'user rule',
    groups: [],
    for: ALL,
    domain: ({ companyIds }) => ['|', ['share', '=', false], ['company_ids', 'in', companyIds]],
  },
  {
    model: 'res.users',
    name: 'res.users: portal/public: own user only',
    groups: ['base.group_portal', 'base.group_public'],
    for: ALL,
    domain: ({ uid }) => [['id', '=', uid]],
  },
  {
    model: 'res.users',
    name: 'res.users: internal users see all',
    groups: ['base.group_user'],
    for: ALL,
    domain: everything,
  },
  {
    model: 'res.company',
    name: 'company rule',
    groups: ['base.group_user', 'base.group_portal', 'base.group_public'],
    for: ALL,
    domain: ({ companyIds }) => [['id', 'in', companyIds]],
  },
  {
    model: 'res.company',
    name: 'company rule erp manager',
    groups: ['base.group_erp_manager'],
    for: ALL,
    domain: everything,
  },
  { model: 'res.currency.rate', name: 'multi-company currency rate rule', groups: [], for: ALL, domain: ownCompanies },
  { model: 'project.project', name: 'Project: multi-company', groups: [], for: ALL, domain: ownCompanies },
  { model: 'project.project.stage', name: 'Project Stage: multi-company', groups: [], for: ALL, domain: ownCompanies },
  {
    model: 'project.project',
    name: 'Project: project manager: see all',
    groups: ['project.group_project_manager'],
    for: ALL,
    domain: everything,
  },
  {
    model: 'project.project',
    name: 'Project: employees: following required for follower-only projects',
    groups: ['base.group_user'],
    for: ALL,
    domain: ({ partnerId }) => [
      '|',
      ['privacy_visibility', 'in', ['employees', 'portal']],
      ['message_partner_ids', 'in', [partnerId]],
    ],
  },
  {
    model: 'project.project',
    name: 'Project: portal users: portal and following',
    groups: ['base.group_portal'],
    for: ALL,
    domain: ({ commercialPartnerId }) => [
      ['privacy_visibility', '=', 'portal'],
      ['message_partner_ids', 'child_of', [commercialPartnerId]],
    ],
  },
  { model: 'project.task', name: 'Project/Task: multi-company', groups: [], for: ALL, domain: ownCompanies },
  {
    model: 'project.task',
    name: 'Project/Task: project manager: see all tasks linked to a project or its own tasks',
    groups: ['project.group_project_manager'],
    for: ALL,
    domain: ({ uid }) => ['|', ['project_id', '!=', false], ['user_ids', 'in', [uid]]],
  },
  {
    model: 'project.task',
    name: 'Project/Task: employees: follow required for follower-only projects',
    groups: ['base.group_user'],
    for: READ,
    domain: visibleTask,
  },
  {
    model: 'project.task',
    name: 'Project/Task: project users: follow required for follower-only projects',
    groups: ['project.group_project_user'],
    for: CHANGE,
    domain: visibleTask,
  },
  {
    model: 'project.task',
    name: "Project/Task: portal users: can only see a task if he's a follower of it or of its project",
    groups: ['base.group_portal'],
    for: READ,
    domain: ({ commercialPartnerId }) => [
      ['project_id.privacy_visibility', '=', 'portal'],
      ['active', '=', true],
      ...['|', ['message_partner_ids', 'child_of', [commercialPartnerId]]],
      ['project_id.message_partner_ids', 'child_of', [commercialPartnerId]],
    ],
  },
  {
    model: 'project.task.type',
    name: 'Project/Task Type: see own or unowned stages',
    groups: [],
    for: ALL,
    domain: ({ uid }) => [['user_id', 'in', [false, uid]]],
  },
  {
    model: 'project.task.type',
    name: 'Project/Task Type: manager sees all',
    groups: ['project.group_project_manager'],
    for: ALL,
    domain: everything,
  },
  {
    model: 'project.task.type',
    name: 'Project/Task Type: write own stages',
    groups: ['project.group_project_user'],
    for: CHANGE,
    domain: ({ uid }) => [['user_id', '=', uid]],
  },
]
