import type { ModelRow } from '../../schema/model-row.ts'

/** One row a model of the installation; see `ModelRow`. */
export const IR_ROWS: Readonly<Record<string, ModelRow>> = {
  'ir.config_parameter': {
    recName: 'key',
    unique: [{ columns: ['key'], message: 'Key must be unique.' }],
  },
  'ir.attachment': {
    notCopied: ['store_fname', 'checksum', 'file_size', 'db_datas'],
    onDelete: { original_id: 'set null' },
  },
}
