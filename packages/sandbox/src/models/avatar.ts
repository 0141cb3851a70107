import type { Behaviour, Orm } from '../engine/contract.ts'
import { nobodysPicture } from '../value/drawn-picture.ts'
import { markupText } from '../value/markup-text.ts'

const SIZES = [1920, 1024, 512, 256, 128]

/** The pictures that stand for a contact: its own, or its first letter on a colour of its own, or nobody's. */
export function avatars(model: string): NonNullable<Behaviour['computed']> {
  return Object.fromEntries(SIZES.map((size) => [`avatar_${size}`, (orm, ids) => avatarsOf(orm, model, ids)]))
}

function avatarsOf(orm: Orm, model: string, ids: readonly number[]): Map<number, string> {
  const records = orm.values(model, ids, ['image_1920', 'name', 'type'])
  const employees = orm.engine.version.files.lettersFor === 'employees' ? employeesAmong(orm, ids) : undefined
  const nobody = nobodysPicture().toString('base64')
  return new Map(
    [...records].map(([id, { image_1920: image, name, type }]) => {
      if (typeof image === 'string') return [id, image]
      const hasLetter = employees === undefined ? type === 'contact' : employees.has(id)
      return [id, hasLetter && name ? letterPicture(id, String(name)) : nobody]
    }),
  )
}

/** The contacts with an account that is not a customer's: the others are shown without a face (odoo 18.0 res_partner.py). */
function employeesAmong(orm: Orm, partners: readonly number[]): Set<number> {
  const all = orm.asSuperuser()
  const users = all.search('res.users', [
    ['partner_id', 'in', partners],
    ['share', '=', false],
  ])
  return new Set([...all.values('res.users', users, ['partner_id']).values()].map((user) => Number(user.partner_id)))
}

/** A letter on a coloured square, as SVG in base64 (odoo 17.0 avatar_mixin.py makes one, too). */
function letterPicture(id: number, name: string): string {
  const letter = [...name.trim()][0]?.toUpperCase() ?? '?'
  const svg =
    `<?xml version="1.0" encoding="UTF-8"?><svg height="180" width="180" xmlns="http://www.w3.org/2000/svg">` +
    `<rect fill="hsl(${(id * 47) % 360}, 45%, 45%)" height="180" width="180"/>` +
    `<text fill="#ffffff" font-size="96" text-anchor="middle" x="90" y="125" font-family="sans-serif">${markupText(letter)}</text></svg>`
  return Buffer.from(svg).toString('base64')
}
