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

/** Stands in parameters for the number that the shell knows. */
const USER_ID = '$USER_ID'

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
        args: [[['is_company', '=', true]]],
        kwargs: { fields: ['name', 'email'], limit: 3 },
      }),
  },
  {
    title: 'The same without a session, as clients of the external API do',
    lines: ({ url, database }) => {
      const search = [
        'res.partner',
        'search_read',
        [[['is_company', '=', true]]],
        { fields: ['name', 'email'], limit: 3 },
      ]
      const args = [database, USER_ID, PASSWORD, ...search]
      const login = post(`${url}/jsonrpc`, '', {
        service: 'common',
        method: 'login',
        args: [database, LOGIN, PASSWORD],
      })
      return [
        `USER_ID=$(${login} | sed 's/.*"result": *\\([0-9]*\\).*/\\1/')`,
        post(`${url}/jsonrpc`, '', { service: 'object', method: 'execute_kw', args }),
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

/** A call with curl: its parameters in Odoo's envelope. */
function post(url: string, options: string, params: object): string {
  const json = JSON.stringify({ jsonrpc: '2.0', method: 'call', params }).replace(`"${USER_ID}"`, () => `'${USER_ID}'`)
  return `curl -s ${options === '' ? '' : `${options} `}${url} -H 'Content-Type: application/json' \\\n  -d '${json}'`
}
