import type { Orm, Values } from '../engine/contract.ts'
import { pythonText } from '../value/python-text.ts'
import { addressTexts } from './partner-address.ts'

/** The names of partners, with what the context asks to see besides (odoo 18.0 res_partner.py, _compute_display_name). */
export function shownNames(orm: Orm, ids: readonly number[]): Map<number, string> {
  const records = orm.values('res.partner', ids, ['complete_name', 'name', 'email', 'vat'])
  const addresses = orm.context.show_address ? addressTexts(orm, ids, false) : undefined
  const show = orm.engine.version.partners.names === 'address_first' ? addressFirst : addressLast
  return new Map(
    [...records].map(([id, record]) => {
      const name = pythonText(record.complete_name || record.name || '')
      return [id, show({ orm, id, name, record, address: addresses?.get(id) }).trim()]
    }),
  )
}

type Shown = {
  readonly orm: Orm
  readonly id: number
  readonly name: string
  readonly record: Values
  readonly address: string | undefined
}

function addressFirst({ orm, id, name, record, address }: Shown): string {
  let shown = withoutEmptyLines(address === undefined ? name : `${name}\n${address}`)
  if (orm.context.partner_show_db_id) shown = `${shown} (${id})`
  if (orm.context.address_inline) {
    const lines = shown.split('\n').filter((line) => line.trim() !== '')
    shown = lines.join(', ')
  }
  if (orm.context.show_email && record.email) shown = `${shown} <${record.email}>`
  return orm.context.show_vat && record.vat ? `${shown} ‒ ${record.vat}` : shown
}

function addressLast({ orm, id, name, record, address }: Shown): string {
  let shown = orm.context.partner_show_db_id ? `${name} (${id})` : name
  if (orm.context.show_email && record.email) shown = `${shown} <${record.email}>`
  if (address !== undefined) shown = `${shown}\n${address}`
  if (orm.context.show_vat && record.vat)
    shown = address === undefined ? `${shown} - ${record.vat}` : `${shown}\n ${record.vat}`
  return withoutEmptyLines(shown)
}

function withoutEmptyLines(text: string): string {
  return text
    .split('\n')
    .map((line, index, lines) => (index === lines.length - 1 ? line : line.trimEnd()))
    .filter((line, index, lines) => line !== '' || index === lines.length - 1)
    .join('\n')
}
