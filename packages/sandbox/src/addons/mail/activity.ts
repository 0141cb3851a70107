import type { Behaviour, MethodCall, Orm, Values } from '../../engine/contract.ts'
import { everyone } from '../../models/same-for-all.ts'
import { idsToChange } from '../../orm/record-ids.ts'
import { dayText } from '../../value/moment.ts'
import { recordsText } from '../../value/python-text.ts'

/** Activities: what is to be done about a record, by whom, until when. */
export const mailActivity: Behaviour = {
  names: (orm, ids) => {
    const records = orm.values('mail.activity', ids, ['summary', 'activity_type_id'])
    const types = orm.names('mail.activity.type', [...new Set([...records.values()].map(typeOf))])
    return new Map([...records].map(([id, record]) => [id, String(record.summary || types.get(typeOf(record)) || '')]))
  },
  computed: {
    state: (orm, ids) => {
      const today = dayText(orm.engine.nowMs())
      return new Map(
        [...orm.values('mail.activity', ids, ['date_deadline', 'active'])].map(([id, record]) => [
          id,
          stateOf(record, today),
        ]),
      )
    },
    can_write: (_orm, ids) => everyone(ids, true),
    has_recommended_activities: (_orm, ids) => everyone(ids, false),
  },
  defaults: {
    user_id: (orm) => orm.uid,
    date_deadline: (orm) => dayText(orm.engine.nowMs()),
    activity_type_id: (orm) => orm.search('mail.activity.type', [['res_model', '=', false]], { limit: 1 })[0] ?? false,
  },
  beforeCreate: (orm, values) => {
    const target = targetOf(orm, values)
    const id = Number(values.res_id ?? 0)
    const known = orm.engine.schema.models.has(target.res_model)
    const name = known ? orm.names(target.res_model, [id]).get(id) : undefined
    return { ...values, ...target, res_name: name ?? false }
  },
}

/** Types of activities tell how long they take to come. */
export const mailActivityType: Behaviour = {
  computed: {
    delay_label: (orm, ids) => {
      const records = orm.values('mail.activity.type', ids, ['delay_count', 'delay_unit'])
      return new Map([...records].map(([id, { delay_count: count, delay_unit: unit }]) => [id, `${count} ${unit}`]))
    },
  },
}

/** What activities tell of the records of a model: the most urgent one counts. */
export function activityFields(model: string): NonNullable<Behaviour['computed']> {
  const first = (orm: Orm, ids: readonly number[], show: (activity: Values | undefined) => unknown, own = false) =>
    new Map(ids.map((id) => [id, show(mostUrgent(orm, model, id, own))]))
  return {
    activity_state: (orm, ids) => {
      const today = dayText(orm.engine.nowMs())
      return first(orm, ids, (activity) => (activity === undefined ? false : stateOf(activity, today)))
    },
    activity_user_id: (orm, ids) => first(orm, ids, (activity) => activity?.user_id ?? false),
    activity_date_deadline: (orm, ids) => first(orm, ids, (activity) => activity?.date_deadline ?? false),
    my_activity_date_deadline: (orm, ids) => first(orm, ids, (activity) => activity?.date_deadline ?? false, true),
    activity_summary: (orm, ids) => first(orm, ids, (activity) => activity?.summary ?? false),
    activity_type_id: (orm, ids) => first(orm, ids, (activity) => activity?.activity_type_id ?? false),
    activity_type_icon: (orm, ids) => first(orm, ids, (activity) => activity?.icon ?? false),
    activity_exception_decoration: (_orm, ids) => everyone(ids, false),
    activity_exception_icon: (_orm, ids) => everyone(ids, false),
  }
}

/** The method `activity_schedule`: one activity a record, of the named type (mail_activity_mixin.py). */
export function activitySchedule(call: MethodCall): string | number[] {
  const { orm, model, args } = call
  const { act_type_xmlid: xmlid, date_deadline: deadline, summary, note, ...values } = args
  const type = typeNamed(orm, String(xmlid ?? '')) ?? values.activity_type_id ?? false
  const { activityIsOwn, recordsAre } = orm.engine.version.threads
  const made = idsToChange(call).map((id) =>
    orm.create('mail.activity', {
      res_model: model.name,
      res_id: id,
      activity_type_id: type,
      summary: summary || summaryOf(orm, type),
      note: note || false,
      date_deadline: deadline || dayText(orm.engine.nowMs()),
      automated: true,
      user_id: activityIsOwn ? orm.uid : false,
      ...values,
    }),
  )
  return recordsAre === 'ids' ? made : recordsText('mail.activity', made)
}

/** External names of the types that mail brings along, with their names. */
const TYPES: Readonly<Record<string, string>> = {
  'mail.mail_activity_data_email': 'Email',
  'mail.mail_activity_data_call': 'Call',
  'mail.mail_activity_data_meeting': 'Meeting',
  'mail.mail_activity_data_todo': 'To-Do',
  'mail.mail_activity_data_upload_document': 'Document',
}

function typeNamed(orm: Orm, xmlid: string): number | undefined {
  const name = TYPES[xmlid]
  return name === undefined ? undefined : orm.search('mail.activity.type', [['name', '=', name]], { limit: 1 })[0]
}

function summaryOf(orm: Orm, type: unknown): unknown {
  return typeof type === 'number' ? orm.values('mail.activity.type', [type], ['summary']).get(type)?.summary : false
}

function mostUrgent(orm: Orm, model: string, id: number, own: boolean): Values | undefined {
  const domain: unknown[] = [
    ['res_model', '=', model],
    ['res_id', '=', id],
  ]
  if (own) domain.push(['user_id', '=', orm.uid])
  const [first] = orm.asSuperuser().search('mail.activity', domain, { limit: 1 })
  if (first === undefined) return undefined
  return orm
    .values('mail.activity', [first], ['date_deadline', 'user_id', 'active', 'summary', 'activity_type_id', 'icon'])
    .get(first)
}

function stateOf({ date_deadline: deadline, active }: Values, today: string): string | false {
  if (active === false) return 'done'
  if (typeof deadline !== 'string') return false
  if (deadline === today) return 'today'
  return deadline < today ? 'overdue' : 'planned'
}

/** The model that an activity is about, by its name and by its record; a client may give either. */
function targetOf(orm: Orm, values: Values): { res_model: string; res_model_id: unknown } {
  const reader = orm.asSuperuser()
  if (typeof values.res_model === 'string' && values.res_model !== '') {
    const [id] = reader.search('ir.model', [['model', '=', values.res_model]], { limit: 1 })
    return { res_model: values.res_model, res_model_id: values.res_model_id ?? id ?? false }
  }
  const id = Number(values.res_model_id ?? 0)
  return { res_model: String(reader.values('ir.model', [id], ['model']).get(id)?.model ?? ''), res_model_id: id }
}

function typeOf({ activity_type_id: type }: Values): number {
  return typeof type === 'number' ? type : 0
}
