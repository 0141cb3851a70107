import type { ModelRow, RelationTable } from '../schema/model-row.ts'
import { followerRelation } from './follower-relation.ts'

const followers = (model: string): { message_partner_ids: RelationTable } => ({
  message_partner_ids: followerRelation(model),
})

const userGroups: RelationTable = { table: 'res_groups_users_rel', left: 'uid', right: 'gid' }
const groupUsers: RelationTable = { table: 'res_groups_users_rel', left: 'gid', right: 'uid' }

/** One row a model; see `ModelRow`. Sources: the class attributes of odoo 17.0 to 19.0, base and project. */
export const MODEL_ROWS: Readonly<Record<string, ModelRow>> = {
  'res.partner': {
    nameSearch: ['complete_name', 'email', 'ref', 'vat', 'company_registry'],
    onDelete: { country_id: 'restrict', state_id: 'restrict' },
    notCopied: ['ref', 'barcode', 'user_ids', 'complete_name', 'commercial_partner_id', 'message_partner_ids'],
    relationTables: {
      category_id: { table: 'res_partner_res_partner_category_rel', left: 'partner_id', right: 'category_id' },
      ...followers('res.partner'),
    },
    pictures: ['image_1920'],
    marksCopies: true,
  },
  'res.users': {
    nameIs: 'login',
    inherits: { field: 'partner_id', model: 'res.partner' },
    onDelete: { partner_id: 'restrict' },
    notCopied: ['login', 'oauth_uid', 'oauth_access_token', 'message_partner_ids'],
    relationTables: {
      groups_id: userGroups,
      group_ids: userGroups,
      company_ids: { table: 'res_company_users_rel', left: 'user_id', right: 'cid' },
    },
    unique: [{ columns: ['login'], message: 'You can not have two users with the same login!' }],
    marksCopies: true,
  },
  'res.company': {
    relationTables: { user_ids: { table: 'res_company_users_rel', left: 'cid', right: 'user_id' } },
    paths: {
      street: 'partner_id.street',
      street2: 'partner_id.street2',
      zip: 'partner_id.zip',
      city: 'partner_id.city',
      state_id: 'partner_id.state_id',
      country_id: 'partner_id.country_id',
      color: 'partner_id.color',
      email_formatted: 'partner_id.email_formatted',
      logo_web: 'partner_id.image_1920',
    },
  },
  'res.country': {
    nameSearchFirst: { field: 'code', length: 2 },
    unique: [
      { columns: ['name'], message: 'The name of the country must be unique!' },
      { columns: ['code'], message: 'The code of the country must be unique!' },
    ],
  },
  'res.country.state': {
    nameSearch: ['name', 'code'],
    unique: [{ columns: ['country_id', 'code'], message: 'The code of the state must be unique by country!' }],
  },
  'res.currency': { unique: [{ columns: ['name'], message: 'The currency code must be unique!' }] },
  'res.currency.rate': {
    onDelete: { currency_id: 'cascade' },
    unique: [{ columns: ['name', 'currency_id', 'company_id'], message: 'Only one currency rate per day allowed!' }],
  },
  'res.lang': {
    unique: [
      { columns: ['name'], message: 'The name of the language must be unique!' },
      { columns: ['code'], message: 'The code of the language must be unique!' },
    ],
  },
  'res.bank': { nameSearch: ['name', 'bic'] },
  'res.partner.bank': {
    recName: 'acc_number',
    nameSearch: ['acc_number', 'partner_id'],
    onDelete: { partner_id: 'cascade' },
    unique: [
      {
        columns: ['sanitized_acc_number', 'partner_id'],
        message: 'The combination Account Number/Partner must be unique.',
      },
    ],
  },
  'res.partner.category': {
    onDelete: { parent_id: 'cascade' },
    relationTables: {
      partner_ids: { table: 'res_partner_res_partner_category_rel', left: 'category_id', right: 'partner_id' },
    },
  },
  'res.groups': {
    relationTables: {
      users: groupUsers,
      user_ids: groupUsers,
      implied_ids: { table: 'res_groups_implied_rel', left: 'gid', right: 'hid' },
      implied_by_ids: { table: 'res_groups_implied_rel', left: 'hid', right: 'gid' },
    },
    notCopied: ['users', 'user_ids'],
    marksCopies: true,
  },
  'project.project': {
    relationTables: {
      favorite_user_ids: { table: 'project_favorite_user_rel', left: 'project_id', right: 'user_id' },
      type_ids: { table: 'project_task_type_rel', left: 'project_id', right: 'type_id' },
      ...followers('project.project'),
    },
    onDelete: { stage_id: 'restrict' },
    notCopied: ['access_token', 'favorite_user_ids', 'message_partner_ids'],
    marksCopies: true,
  },
  'project.task': {
    relationTables: {
      user_ids: { table: 'project_task_user_rel', left: 'task_id', right: 'user_id' },
      personal_stage_type_ids: { table: 'project_task_personal_stage_rel', left: 'task_id', right: 'stage_id' },
      depend_on_ids: { table: 'task_dependencies_rel', left: 'task_id', right: 'depends_on_id' },
      dependent_ids: { table: 'task_dependencies_rel', left: 'depends_on_id', right: 'task_id' },
      ...followers('project.task'),
    },
    computed: ['personal_stage_type_id'],
    onDelete: { stage_id: 'restrict' },
    notCopied: ['access_token', 'date_end', 'date_last_stage_update', 'message_partner_ids'],
    readsTargetOf: ['project_id', 'stage_id'],
    readsBefore: { write: 18, unlink: 19 },
    marksCopies: true,
  },
  'project.task.type': {
    relationTables: { project_ids: { table: 'project_task_type_rel', left: 'type_id', right: 'project_id' } },
    marksCopies: true,
  },
  'project.tags': {
    unique: [{ columns: ['name'], message: 'A tag with the same name already exists.' }],
    marksCopies: true,
  },
}
