/** Calls to copy: each runs as it is printed, with curl and nothing else. */
export function sampleCalls({
  url,
  login,
  password,
}: {
  readonly url: string
  readonly login: string
  readonly password: string
}): string {
  const json = "-H 'Content-Type: application/json'"
  const credentials = JSON.stringify({ login, password })
  return `Sign in and keep the token:
  TOKEN=$(curl -s ${url}/api/authenticate ${json} -d '${credentials}' | sed 's/.*"token":"\\([^"]*\\)".*/\\1/')

A protected call (odoo_jwt):
  curl -s ${url}/api/protected/json ${json} -H "Authorization: Bearer $TOKEN" -d '{}'

Records (jwt_auth_api):
  curl -sG ${url}/api/send_request -H "Authorization: Bearer $TOKEN" -d model=res.partner \\
    --data-urlencode 'fields=["name","email"]' --data-urlencode 'domain=[["is_company","=",true]]' -d limit=3

A page that does it for you:
  ${url}/api/login`
}
