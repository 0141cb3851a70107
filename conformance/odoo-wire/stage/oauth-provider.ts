import { createServer } from 'node:http'

/** A sign-in provider on this machine, as the recorder had one. */
export type OAuthProvider = { readonly url: string; close(): Promise<void> }

/** Its users by their token; any other token is refused with 401. */
const USERS: Readonly<Record<string, object>> = {
  'good-token': {
    user_id: 'golden-oauth-1',
    sub: 'golden-oauth-1',
    email: 'golden_oauth@example.com',
    name: 'Golden OAuth New',
  },
  'good-token-linked': { user_id: 'golden-oauth-2', sub: 'golden-oauth-2', email: 'golden_oauth_linked@example.com' },
}

/** Starts one on a free port of 127.0.0.1. A target on another machine does not reach it. */
export async function startOAuthProvider(): Promise<OAuthProvider> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://provider')
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
    const user = USERS[url.searchParams.get('access_token') ?? bearer ?? '']
    response.writeHead(user ? 200 : 401, { 'content-type': 'application/json', connection: 'close' })
    response.end(JSON.stringify(user ?? { error: 'invalid_token' }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the provider has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () => new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve()))),
  }
}
