import type { Method } from '../engine/contract.ts'
import { typeError } from '../fault/odoo-fault.ts'
import { exportData } from '../orm/export-rows.ts'
import { loadRecords } from '../orm/load/load-records.ts'
import { idsToRead } from '../orm/record-ids.ts'
import { pythonType } from '../value/python-text.ts'
import { listedNames } from './arguments.ts'

/** The methods of every model that carry records out of Odoo and into it. */
export const TRANSFER_METHODS: readonly Method[] = [
  {
    name: 'export_data',
    on: 'records',
    params: ['fields_to_export'],
    run: (call) => ({
      datas: exportData(call.orm, call.model, idsToRead(call), listedNames(call.args.fields_to_export)),
    }),
  },
  {
    name: 'load',
    on: 'model',
    params: ['fields', 'data'],
    run: ({ orm, model, args }) => {
      const { data } = args
      if (!Array.isArray(data)) throw typeError(`object of type '${pythonType(data)}' has no len()`)
      return loadRecords(orm, model, listedNames(args.fields), data)
    },
  },
]
