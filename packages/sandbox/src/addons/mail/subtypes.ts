import type { Orm } from '../../engine/contract.ts'

/** The id of the subtype of notes, which mail itself brings along. */
export const NOTE = 2

/** External names of subtypes, with the model they are for and their name there. */
const NAMED: Readonly<Record<string, readonly [model: string | false, name: string]>> = {
  'mail.mt_comment': [false, 'Discussions'],
  'mail.mt_note': [false, 'Note'],
  'mail.mt_activities': [false, 'Activities'],
  'project.mt_task_new': ['project.task', 'Task Created'],
  'project.mt_task_stage': ['project.task', 'Stage Changed'],
  'project.mt_project_stage_change': ['project.project', 'Project Stage Changed'],
  'sale.mt_order_sent': ['sale.order', 'Quotation sent'],
  'sale.mt_order_confirmed': ['sale.order', 'Sales Order Confirmed'],
}

/** The subtype of that external name; a note when there is none (mail_thread.py, message_post). */
export function subtypeNamed(orm: Orm, xmlid: string): number {
  const named = NAMED[xmlid]
  if (named === undefined) return NOTE
  const [model, name] = named
  const domain = [
    ['res_model', '=', model],
    ['name', '=', name],
  ]
  return orm.asSuperuser().search('mail.message.subtype', domain, { limit: 1 })[0] ?? NOTE
}

/** What a new follower of the model hears of (mail_message_subtype.py, default_subtypes). */
export function defaultSubtypes(orm: Orm, model: string): { all: readonly number[]; external: readonly number[] } {
  const reader = orm.asSuperuser()
  const domain = [
    ['default', '=', true],
    ['res_model', 'in', [model, false]],
  ]
  return {
    all: reader.search('mail.message.subtype', domain),
    external: reader.search('mail.message.subtype', [...domain, ['internal', '=', false]]),
  }
}
