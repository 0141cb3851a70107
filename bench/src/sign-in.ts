/** Signs the demo's user in and answers the access token. */
export async function signIn(gatewayUrl: string): Promise<string> {
  const answer = await fetch(`${gatewayUrl}/api/authenticate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: 'demo', password: 'demo' }),
  })
  const { token } = (await answer.json()) as { token?: string }
  if (token === undefined) throw new Error(`The sign-in was answered ${answer.status}.`)
  return token
}

/** Signs the demo's user in to Odoo itself and answers the session cookie. */
export async function signInToOdoo(odooUrl: string): Promise<string> {
  const answer = await fetch(`${odooUrl}/web/session/authenticate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', params: { db: 'demo', login: 'demo', password: 'demo' } }),
  })
  const [cookie] = answer.headers.getSetCookie()
  if (cookie === undefined) throw new Error(`Odoo's sign-in was answered ${answer.status} without a session.`)
  return cookie.slice(0, cookie.indexOf(';'))
}
