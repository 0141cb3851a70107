import type { Addon } from '../addon.ts'
import { mailActivity, mailActivityType } from './activity.ts'
import { CHATTERS } from './chatter.ts'
import { mailMessage } from './message.ts'
import { MAIL_ROWS } from './rows.ts'
import { threadNotes } from './thread-notes.ts'

/** Messages, followers and activities of records, and the notes that tell of their lives (mail). */
export const mail: Addon = {
  folder: 'mail',
  rows: MAIL_ROWS,
  behaviours: {
    ...CHATTERS,
    'mail.message': mailMessage,
    'mail.activity': mailActivity,
    'mail.activity.type': mailActivityType,
    'mail.followers': {
      names: (orm, ids) => {
        const records = orm.values('mail.followers', ids, ['partner_id'])
        const partners = [...records.values()].map(({ partner_id: id }) => Number(id))
        const names = orm.names('res.partner', partners)
        return new Map([...records].map(([id, { partner_id: partner }]) => [id, names.get(Number(partner)) ?? '']))
      },
    },
  },
  consequences: [threadNotes],
}
