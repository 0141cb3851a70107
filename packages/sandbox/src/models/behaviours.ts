import type { Behaviour } from '../engine/contract.ts'
import { projectProject, projectTags, projectTaskType } from './project-project.ts'
import { projectTask } from './project-task.ts'
import { resCompany } from './res-company.ts'
import { resBank, resCurrency, resPartnerBank } from './res-money.ts'
import { resPartner } from './res-partner.ts'
import { resCountry, resCountryState } from './res-places.ts'
import { resGroups, resLang, resPartnerCategory } from './res-small.ts'
import { resUsers } from './res-users.ts'

/** The models whose row of data does not say it all. */
export const BEHAVIOURS: Readonly<Record<string, Behaviour>> = {
  'res.partner': resPartner,
  'res.users': resUsers,
  'res.company': resCompany,
  'res.country': resCountry,
  'res.country.state': resCountryState,
  'res.currency': resCurrency,
  'res.lang': resLang,
  'res.bank': resBank,
  'res.partner.bank': resPartnerBank,
  'res.partner.category': resPartnerCategory,
  'res.groups': resGroups,
  'project.project': projectProject,
  'project.task': projectTask,
  'project.task.type': projectTaskType,
  'project.tags': projectTags,
}
