import type { OdooVersion } from '@odoo-gatehouse/sandbox'

/** What the calls are made for. */
export type CalledSandbox = { readonly url: string; readonly database: string; readonly odoo: OdooVersion }

/** Calls to copy, in the order of their need: each runs as it is printed, in a POSIX shell with curl. */
export function sandboxCalls(sandbox: CalledSandbox): string {
  return CALLS.filter(({ since = 17 }) => since <= sandbox.odoo)
    .map(({ title, lines }) => `${title}:\n${lines(sandbox).replaceAll(/^/gm, '  ')}`)
    .join('\n\n')
}

type Call = {
  readonly title: string
  /** The first version that has it. */
  readonly since?: OdooVersion
  readonly lines: (sandbox: CalledSandbox) => string
}

const LOGIN = 'demo'
const PASSWORD = 'demo'

const COMPANIES = { domain: [['is_company', '=', true]], fields: ['name', 'email'], limit: 3 }

const CALLS: readonly Call[] = [
  {
    title: 'Sign in, as a browser does, and keep the session',
    lines: ({ url, database }) =>
      post(`${url}/web/session/authenticate`, '-c odoo.cookies', { db: database, login: LOGIN, password: PASSWORD }),
  },
  {
    title: 'Companies, in that session',
    lines: ({ url }) =>
      post(`${url}/web/dataset/call_kw`, '-b odoo.cookies', {
        model: 'res.partner',
        method: 'search_read',
        args: [],
        kwargs: COMPANIES,
      }),
  },
  {
    title: 'The same without a session, as clients of the external API do',
    lines: ({ url, database }) => {
      const args = [database, '$USER_ID', PASSWORD, 'res.partner', 'search_read', [], COMPANIES]
      const login = post(`${url}/jsonrpc`, '', {
        service: 'common',
        method: 'login',
        args: [database, LOGIN, PASSWORD],
      })
      return [
        kept('USER_ID', login, '"result": *\\([0-9]*\\)'),
        post(`${url}/jsonrpc`, '', { service: 'object', method: 'execute_kw', args }),
      ].join('\n')
    },
  },
  {
    title: 'JSON-2, with an API key that the session above makes: a wizard, the password once more, the key',
    since: 19,
    lines: ({ url }) => {
      const inSession = (path: string, model: string, method: string, args: unknown, kwargs = {}) =>
        post(`${url}/web/dataset/${path}`, '-b odoo.cookies', { model, method, args, kwargs })
      const description = 'res.users.apikeys.description'
      const made = inSession('call_kw', description, 'create', [{ name: 'My key', duration: '1' }])
      const asked = inSession('call_button', description, 'make_key', [['$WIZARD']])
      const context = { password: PASSWORD }
      const shown = inSession('call_button', 'res.users.identitycheck', 'run_check', [['$CHECK']], { context })
      return [
        kept('WIZARD', made, '"result": *\\([0-9]*\\)'),
        kept('CHECK', asked, '"res_id": *\\([0-9]*\\)'),
        kept('KEY', shown, '"default_key": *"\\([0-9a-f]*\\)"'),
        `curl -s ${url}/json/2/res.partner/search_read -H "Authorization: bearer $KEY" ${JSON_TYPE} \\\n  -d '${JSON.stringify(COMPANIES)}'`,
      ].join('\n')
    },
  },
  {
    title: 'A stock client, here the one of Python',
    lines: ({ url, database }) => {
      const program = [
        'from xmlrpc.client import ServerProxy as proxy',
        `uid = proxy('${url}/xmlrpc/2/common').authenticate('${database}', '${LOGIN}', '${PASSWORD}', {})`,
        `odoo = proxy('${url}/xmlrpc/2/object').execute_kw`,
        `print(odoo('${database}', uid, '${PASSWORD}', 'res.partner', 'search_count', [[]]))`,
      ]
      return `python3 -c "${program.join('; ')}"`
    },
  },
]

const JSON_TYPE = "-H 'Content-Type: application/json'"

/** A call with curl: its parameters in Odoo's envelope. `$NAME` in them is left to the shell, as a number. */
function post(url: string, options: string, params: object): string {
  const json = JSON.stringify({ jsonrpc: '2.0', method: 'call', params }).replaceAll(/"(\$[A-Z_]+)"/g, "'$1'")
  return `curl -s ${options === '' ? '' : `${options} `}${url} ${JSON_TYPE} \\\n  -d '${json}'`
}

/** Keeps of a call's answer what the pattern of sed has in its group. */
function kept(variable: string, call: string, pattern: string): string {
  return `${variable}=$(${call} | sed 's/.*${pattern}.*/\\1/')`
}
