import type { Engine } from '../../engine/contract.ts'
import type { OdooFault } from '../../fault/odoo-fault.ts'
import { pythonJsonText } from '../../value/python-json-text.ts'
import { faultData } from '../json-rpc.ts'

/** A failure as the routes of downloads tell it to the web client, in the body of a page. */
export function faultText({ version }: Pick<Engine, 'version'>, fault: OdooFault): string {
  return pythonJsonText({ code: version.errorCode, message: 'Odoo Server Error', data: faultData(fault) })
}
