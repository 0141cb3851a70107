import type { Behaviour } from '../engine/contract.ts'
import { userError } from '../fault/odoo-fault.ts'

/** Languages. The one that texts are written in stays. */
export const resLang: Behaviour = {
  computed: {
    flag_image_url: (orm, ids) =>
      new Map(
        [...orm.values('res.lang', ids, ['code'])].map(([id, { code }]) => [
          id,
          `/base/static/img/country_flags/${String(code).toLowerCase().slice(-2)}.png`,
        ]),
      ),
  },
  beforeUnlink: (orm, ids) => {
    for (const { code } of orm.values('res.lang', ids, ['code']).values()) {
      if (code === 'en_US') throw userError("Base Language 'en_US' can not be deleted.")
    }
  },
}
