import type { Addon } from '../addon.ts'
import { IR_ACCESS } from './access.ts'
import { irAttachment } from './attachment.ts'
import { irConfigParameter } from './config-parameter.ts'
import { fieldFiles } from './field-files.ts'
import { IR_ROWS } from './rows.ts'

/** The installation itself: parameters and files, models and fields, rights and rules, menus and actions (base). */
export const ir: Addon = {
  folder: 'ir',
  rows: IR_ROWS,
  behaviours: { 'ir.config_parameter': irConfigParameter, 'ir.attachment': irAttachment },
  access: IR_ACCESS,
  rules: [],
  consequences: [fieldFiles],
}
