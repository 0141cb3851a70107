import {
  anyDay,
  anyMoment,
  anyNumber,
  anything,
  type Expected,
  inAnyOrder,
  isExpectedList,
  textLike,
} from '../compare/loose.ts'
import { type Rule, toShape } from './rule.ts'
import { anyIds, softenAt, softenTexts } from './soften.ts'

/** What the demonstration data of two servers do not share: their age, their numbers, what other modules add. */
export const DEMONSTRATION_DATA: readonly Rule[] = [
  {
    name: 'moments of the installation',
    reason: 'When a record was made or changed tells when it was installed: any moment will do.',
    where: () => true,
    soften: (expected) =>
      softenTexts(expected, (text) => (/^2026-11-2[01] \d\d:\d\d:\d\d$/.test(text) ? anyMoment : text)),
  },
  {
    name: 'days that move',
    reason: 'Demonstration data count their days from the day of installation.',
    where: ['read/enc_task', 'read/op_date_datetime_text'],
    soften: (expected) => softenTexts(expected, anyTimeLike),
  },
  {
    name: 'months that move',
    reason: 'With the days of the demonstration data their months move, and what falls into one group.',
    where: ['read/formatted_read_group_month'],
    soften: toShape,
  },
  {
    name: 'ids of the installation',
    reason: 'Fields, rules, actions, views, modules and attachments are numbered as modules were installed.',
    where: {
      'access/demo_ir_module': ['*.id'],
      'access/rule_introspection': ['*.id', '*.groups'],
      'http/action_load': ['id'],
      'read/attachments': ['*.id'],
      'read/enc_many2one_reference': ['*.id'],
      'read/ir_model_fields': ['*.id'],
      'read/web_read_reference': ['*.action.id.id'],
      'write/button_none[1]': ['views.*.0'],
    },
    soften: anyIds,
  },
  {
    name: 'actions by reference',
    reason: 'A reference names the id of an action, one of the installation.',
    where: { 'read/enc_reference': ['*.action'] },
    soften: (action) => (action === false ? action : textLike(/^ir\.actions\.act_window,\d+$/)),
  },
  {
    name: 'actions that modules extend',
    reason: 'Sales and invoicing add their own to the actions of a project.',
    where: ['write/button_project'],
    soften: toShape,
  },
  {
    name: 'pictures',
    reason: "The demonstration's pictures are files of Odoo: a look-alike has others, of another size.",
    where: ['read/attachments', 'read/binary_bin_size'],
    soften: (expected) => {
      const told = softenTexts(expected, (text) => (SIZE_IN_WORDS.test(text) ? textLike(SIZE_IN_WORDS) : text))
      return softenAt(told, '*.file_size', () => anyNumber)
    },
  },
  {
    name: 'colours drawn by lot',
    reason: 'A project tag without a colour gets a random one.',
    where: { 'read/web_read_nested': ['*.tag_ids.*.color'] },
    soften: () => anything,
  },
  {
    name: 'groups of one name',
    reason: 'Groups are ordered by name, and many are called User or Administrator: among these PostgreSQL decides.',
    where: { 'access/users_read_others_private': ['*.groups_id', '*.group_ids'] },
    soften: (ids) => (isExpectedList(ids) ? inAnyOrder(ids) : ids),
  },
  {
    name: 'rows in no order',
    reason: 'Odoo 17 ignores an order by a field that is not stored: the rows come as PostgreSQL happens to keep them.',
    where: ['17:read/order_display_name', '17:read/order_x2many'],
    soften: toShape,
  },
  {
    name: 'fields in no order',
    reason: 'Odoo joins a set of names into its sentence: their order changes from process to process.',
    where: ['access/portal_task_private_field'],
    part: 'fault',
    soften: (expected) =>
      softenTexts(expected, (text) => {
        const [, lead, one, other] = /^(You cannot .*: )(\w+) and (\w+)$/.exec(text) ?? []
        return lead === undefined ? text : textLike(new RegExp(`^${lead}(?:${one} and ${other}|${other} and ${one})$`))
      }),
  },
]

/** The size of a file as `bin_size` tells it. */
const SIZE_IN_WORDS = /^\d+\.\d\d (?:bytes|Kb|Mb)$/

function anyTimeLike(text: string): Expected {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return anyDay
  return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text) ? anyMoment : text
}
