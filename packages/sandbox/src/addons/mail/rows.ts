import type { ModelRow } from '../../schema/model-row.ts'
import { THREAD_ROWS } from './threads.ts'

/** One row a model; see `ModelRow`. Sources: mail_message.py, mail_followers.py, mail_activity.py of odoo 17.0 to 19.0. */
export const MAIL_ROWS: Readonly<Record<string, ModelRow>> = {
  ...THREAD_ROWS,
  'mail.message': {
    recName: 'record_name',
    referenceModels: { res_id: 'model' },
    relationTables: {
      attachment_ids: { table: 'message_attachment_rel', left: 'message_id', right: 'attachment_id' },
      notified_partner_ids: { table: 'mail_notification_pairs', left: 'mail_message_id', right: 'res_partner_id' },
      starred_partner_ids: {
        table: 'mail_message_res_partner_starred_rel',
        left: 'mail_message_id',
        right: 'res_partner_id',
      },
    },
    computed: ['record_name'],
  },
  'mail.followers': {
    recName: 'partner_id',
    referenceModels: { res_id: 'res_model' },
    onDelete: { partner_id: 'cascade' },
    unique: [
      {
        columns: ['res_model', 'res_id', 'partner_id'],
        message: 'Error, a partner cannot follow twice the same object.',
      },
    ],
  },
  'mail.activity': {
    recName: 'summary',
    referenceModels: { res_id: 'res_model' },
    onDelete: { activity_type_id: 'restrict', user_id: 'cascade', res_model_id: 'cascade' },
  },
}
