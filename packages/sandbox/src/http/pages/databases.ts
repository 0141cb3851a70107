import { accessDenied, typeError } from '../../fault/odoo-fault.ts'
import { type Answer, errorPage, htmlAnswer } from '../answer.ts'
import { escapeHtml } from '../html.ts'
import { resultAnswer } from '../json-rpc.ts'
import type { HttpExchange, Route } from '../route.ts'
import { input } from './layout.ts'

/** A form of the database manager: what it sends, and what Odoo cannot do without. */
type ManagerForm = { readonly inputs: readonly string[]; readonly needed: readonly string[]; readonly failure: string }

/** By the last part of its address. The master password of the sandbox is nothing that anybody could know. */
const FORMS: Readonly<Record<string, ManagerForm>> = {
  create: {
    inputs: ['master_pwd', 'name', 'login', 'password', 'phone', 'demo'],
    needed: ['master_pwd', 'name', 'lang', 'password'],
    failure: 'Database creation error',
  },
  restore: {
    inputs: ['master_pwd', 'backup_file', 'name', 'neutralize_database', 'copy', 'copy'],
    needed: ['master_pwd', 'backup_file', 'name'],
    failure: 'Database restore error',
  },
  change_password: {
    inputs: ['master_pwd', 'master_pwd_new'],
    needed: ['master_pwd', 'master_pwd_new'],
    failure: 'Master password update error',
  },
  duplicate: {
    inputs: ['master_pwd', 'name', 'new_name', 'neutralize_database'],
    needed: ['master_pwd', 'name', 'new_name'],
    failure: 'Database duplication error',
  },
  drop: { inputs: ['master_pwd', 'name'], needed: ['master_pwd', 'name'], failure: 'Database deletion error' },
  backup: { inputs: ['master_pwd', 'name'], needed: ['master_pwd', 'name'], failure: 'Database backup error' },
}

/** Databases listed, chosen and managed, as far as a sandbox of one database can: nothing is ever changed. */
export const DATABASE_ROUTES: readonly Route[] = [
  {
    paths: ['/web/database/list'],
    kind: 'json',
    auth: 'none',
    run: ({ engine, call }) => {
      if (!engine.listsDatabases) throw accessDenied()
      return resultAnswer(call.id, [engine.database])
    },
  },
  { paths: ['/web/database/selector'], kind: 'http', auth: 'none', run: (exchange) => manager(exchange) },
  { paths: ['/web/database/manager'], kind: 'http', auth: 'none', run: (exchange) => manager(exchange) },
  ...Object.entries(FORMS).map(
    ([action, form]): Route => ({
      paths: [`/web/database/${action}`],
      methods: ['POST'],
      kind: 'http',
      auth: 'none',
      csrf: false,
      run: (exchange) => refused(exchange, form),
    }),
  ),
]

function refused(exchange: HttpExchange, { needed, failure }: ManagerForm): Answer {
  const { params, files, engine } = exchange
  const missing = needed.find((name) => params[name] === undefined && files[name] === undefined)
  if (missing !== undefined) throw typeError(`missing 1 required positional argument: '${missing}'`)
  if (!engine.listsDatabases) return errorPage(403, 'Access Denied')
  return manager(exchange, `${failure}: Access Denied`)
}

function manager({ engine }: HttpExchange, error?: string): Answer {
  const disabled = 'The database manager has been disabled by the administrator'
  const alerts = [error, engine.listsDatabases ? undefined : disabled]
    .filter((text) => text !== undefined)
    .map((text) => `<div class="alert alert-danger">${escapeHtml(text)}</div>`)
  const list = `<a href="/odoo?db=${encodeURIComponent(engine.database)}">${escapeHtml(engine.database)}</a>`
  const forms = Object.entries(FORMS).map(
    ([action, { inputs }]) =>
      `<form role="form" action="/web/database/${action}" method="post">${inputs.map((name) => input('text', name)).join('')}</form>`,
  )
  const body = [...alerts, list, ...forms].join('\n')
  return htmlAnswer(`<html>\n<head>\n<title>Odoo</title>\n</head>\n<body>\n${body}\n</body>\n</html>\n`)
}
