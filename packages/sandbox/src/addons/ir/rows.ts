import type { ModelRow } from '../../schema/model-row.ts'
import { FIELD_GROUPS } from './describe-fields.ts'
import { RULE_GROUPS } from './fill-installation.ts'

/** The groups of a record, under the name that the field has until 18 and the one that it has from 19 on. */
const groups = (table: string, left: string): NonNullable<ModelRow['relationTables']> => ({
  groups_id: { table, left, right: 'gid' },
  group_ids: { table, left, right: 'gid' },
})

/** One row a model of the installation; see `ModelRow`. */
export const IR_ROWS: Readonly<Record<string, ModelRow>> = {
  'ir.config_parameter': {
    recName: 'key',
    unique: [{ columns: ['key'], message: 'Key must be unique.' }],
  },
  'ir.attachment': {
    notCopied: ['store_fname', 'checksum', 'file_size', 'db_datas'],
    onDelete: { original_id: 'set null' },
  },
  'ir.model': {
    nameSearch: ['name', 'model'],
    unique: [{ columns: ['model'], message: 'Each model must have a unique name.' }],
  },
  'ir.model.fields': {
    recName: 'field_description',
    onDelete: { model_id: 'cascade' },
    relationTables: { groups: FIELD_GROUPS },
    unique: [{ columns: ['model', 'name'], message: 'Field names must be unique per model.' }],
  },
  'ir.model.fields.selection': {
    onDelete: { field_id: 'cascade' },
    unique: [{ columns: ['field_id', 'value'], message: 'Selections values must be unique per field' }],
  },
  'ir.model.data': {},
  'ir.model.access': { onDelete: { model_id: 'cascade', group_id: 'restrict' } },
  'ir.rule': { onDelete: { model_id: 'cascade' }, relationTables: { groups: RULE_GROUPS } },
  'ir.module.module': {
    recName: 'shortdesc',
    nameSearch: ['name', 'shortdesc', 'summary'],
    unique: [{ columns: ['name'], message: 'The name of the module must be unique!' }],
  },
  'ir.ui.menu': { onDelete: { parent_id: 'restrict' }, relationTables: groups('ir_ui_menu_group_rel', 'menu_id') },
  'ir.ui.view': { onDelete: { inherit_id: 'restrict' } },
  'ir.actions.act_window': { relationTables: groups('ir_act_window_group_rel', 'act_id') },
  'ir.actions.report': { relationTables: groups('res_groups_report_rel', 'uid') },
  'ir.actions.server': { relationTables: groups('ir_act_server_group_rel', 'act_id') },
  'ir.filters': {
    relationTables: { user_ids: { table: 'ir_filters_res_users_rel', left: 'ir_filters_id', right: 'res_users_id' } },
    onDelete: { user_id: 'cascade' },
  },
  'project.collaborator': {
    onDelete: { project_id: 'cascade', partner_id: 'cascade' },
    unique: [
      {
        columns: ['project_id', 'partner_id'],
        message:
          'A collaborator cannot be selected more than once in the project sharing access. Please remove duplicate(s) and try again.',
      },
    ],
  },
}
