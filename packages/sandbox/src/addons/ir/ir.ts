import type { Addon } from '../addon.ts'
import { action, irActionsReport } from './action.ts'
import { irAttachment } from './attachment.ts'
import { projectCollaborator } from './collaborator.ts'
import { irConfigParameter } from './config-parameter.ts'
import { fieldFiles } from './field-files.ts'
import { fillInstallation } from './fill-installation.ts'
import { irFilters } from './filters.ts'
import { irUiMenu } from './menu.ts'
import { irModel, irModelFields, irModelFieldsSelection } from './model.ts'
import { forgetNames, irModelData } from './model-data.ts'
import { irModuleModule } from './module.ts'
import { IR_ROWS } from './rows.ts'
import { irSequence } from './sequence.ts'
import { resConfigSettings } from './settings.ts'

/** The installation itself: parameters and files, models and fields, rights and rules, menus and actions (base). */
export const ir: Addon = {
  folder: 'ir',
  rows: IR_ROWS,
  behaviours: {
    'ir.config_parameter': irConfigParameter,
    'ir.attachment': irAttachment,
    'ir.model': irModel,
    'ir.model.fields': irModelFields,
    'ir.model.fields.selection': irModelFieldsSelection,
    'ir.model.data': irModelData,
    'ir.module.module': irModuleModule,
    'ir.ui.menu': irUiMenu,
    'ir.ui.view': action('ir.ui.view'),
    'ir.actions.act_window': action('ir.actions.act_window'),
    'ir.actions.server': action('ir.actions.server'),
    'ir.actions.client': action('ir.actions.client'),
    'ir.actions.act_url': action('ir.actions.act_url'),
    'ir.actions.report': irActionsReport,
    'ir.sequence': irSequence,
    'ir.filters': irFilters,
    'res.config.settings': resConfigSettings,
    'project.collaborator': projectCollaborator,
  },
  consequences: [fieldFiles, forgetNames],
  fill: fillInstallation,
}
