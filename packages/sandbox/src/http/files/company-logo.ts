import { byContent } from '../../addons/ir/mime-type.ts'
import { resizedPicture } from '../../file/resized-picture.ts'
import { shippedFile } from '../../file/shipped-file.ts'
import { openOrm } from '../../orm/open-orm.ts'
import type { Answer } from '../answer.ts'
import type { HttpExchange, Route } from '../route.ts'
import { sendFile } from './send-file.ts'

const SUPERUSER = 1

/** The widest a logo on a page is, in dots (odoo 18.0 res_company.py, _compute_logo_web). */
const LOGO_WIDTH = 180

/** The logo of the user's company, or of the one that the query names; everybody may see it. */
export const COMPANY_LOGO_ROUTES: readonly Route[] = [
  {
    paths: ['/web/binary/company_logo', '/logo', '/logo.png'],
    kind: 'http',
    auth: 'none',
    cors: '*',
    run: companyLogo,
  },
]

async function companyLogo(exchange: HttpExchange): Promise<Answer> {
  const { engine, session, params } = exchange
  const orm = openOrm(engine, session.uid ?? SUPERUSER, {}, true)
  const asked = params.company
  if (asked && !/^\s*[+-]?\d+\s*$/.test(asked)) return shipped(exchange, 'logo')
  const company = Number(asked || 0) || orm.user().companyId
  const logo = orm.values('res.company', [company], ['logo', 'write_date']).get(company)?.logo
  if (typeof logo !== 'string') return shipped(exchange, 'nologo')
  const full = Buffer.from(logo, 'base64')
  const type = byContent(full)
  const bytes = await resizedPicture(full, type, { width: LOGO_WIDTH, height: 0, crop: undefined })
  const ending = type === 'image/svg+xml' ? 'svg' : (type.split('/')[1] ?? 'png')
  const name = `logo.${ending}`
  const file = { bytes, type, name, etag: undefined, modifiedMs: undefined, isPublic: true, isKept: false }
  return sendFile(exchange, file, { saved: false, unique: false, nocache: false })
}

function shipped(exchange: HttpExchange, name: 'logo' | 'nologo'): Answer {
  const file = shippedFile(`/web/static/img/${name}.png`)
  if (file === undefined) throw new TypeError(`The sandbox has no ${name}`)
  return sendFile(exchange, file, { saved: false, unique: false, nocache: false })
}
