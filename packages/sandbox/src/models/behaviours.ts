import type { Behaviour } from '../engine/contract.ts'
import { projectTags, projectTaskType } from './project-labels.ts'
import { projectProject } from './project-project.ts'
import { projectTask } from './project-task.ts'
import { resBank, resPartnerBank } from './res-bank.ts'
import { resCompany } from './res-company.ts'
import { resCountry, resCountryState } from './res-country.ts'
import { resCurrency } from './res-currency.ts'
import { resCurrencyRate } from './res-currency-rate.ts'
import { resGroups } from './res-groups.ts'
import { resLang } from './res-lang.ts'
import { resPartner } from './res-partner.ts'
import { resPartnerCategory } from './res-partner-category.ts'
import { resUsers } from './res-users.ts'

/** The models whose row of data does not say it all. */
export const BEHAVIOURS: Readonly<Record<string, Behaviour>> = {
  'res.partner': resPartner,
  'res.users': resUsers,
  'res.company': resCompany,
  'res.country': resCountry,
  'res.country.state': resCountryState,
  'res.currency': resCurrency,
  'res.currency.rate': resCurrencyRate,
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
