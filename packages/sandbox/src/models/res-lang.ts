import type { Behaviour, Orm, Values } from '../engine/contract.ts'
import { keyError, userError } from '../fault/odoo-fault.ts'

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
  beforeCreate: (_orm, values) => {
    if (!('code' in values)) throw keyError('code')
    return { url_code: values.code, ...values }
  },
  beforeWrite: refuseChanges,
  beforeUnlink: (orm, ids) => {
    for (const { code } of orm.values('res.lang', ids, ['code']).values()) {
      if (code === 'en_US') throw userError("Base Language 'en_US' can not be deleted.")
    }
  },
}

/** A language keeps its code, and stays active while somebody uses it (base/models/res_lang.py, write). */
function refuseChanges(orm: Orm, ids: readonly number[], values: Values): Values {
  const codes = [...orm.values('res.lang', ids, ['code']).values()].map(({ code }) => code)
  if ('code' in values && codes.some((code) => code !== values.code)) {
    throw userError('Language code cannot be modified.')
  }
  if (values.active === false && orm.asSuperuser().search('res.users', [['lang', 'in', codes]]).length > 0) {
    throw userError('Cannot deactivate a language that is currently used by users.')
  }
  return values
}
