import { portalTasks } from '../access/portal-tasks.ts'
import { BEHAVIOURS } from '../models/behaviours.ts'
import { openCompanies } from '../models/company-rules.ts'
import { partnerSync } from '../models/partner-sync.ts'
import { MODEL_ROWS } from '../models/rows.ts'
import { taskDependencies } from '../models/task-dependencies.ts'
import { userSignature } from '../models/user-signature.ts'
import type { Addon } from './addon.ts'

/** Contacts, users, companies and projects: what every sandbox has (Odoo's base and project). */
export const base: Addon = {
  folder: 'base',
  rows: MODEL_ROWS,
  behaviours: { ...BEHAVIOURS, 'project.task': { ...BEHAVIOURS['project.task'], ...portalTasks } },
  consequences: [partnerSync, openCompanies, userSignature, taskDependencies],
}
