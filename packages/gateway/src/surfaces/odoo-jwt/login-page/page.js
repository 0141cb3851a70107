// The page is served as it stands here. It keeps the access token in memory only; the refresh token is in a cookie
// that it cannot read, which is the point.
const $ = (id) => document.getElementById(id)
const state = { access: undefined, accessUntil: 0, refreshUntil: 0, refreshSpan: 0, userId: undefined }

function show(id, text) {
  $(id).textContent = text
}

async function send(method, path, body) {
  const headers = { accept: 'application/json' }
  if (state.access !== undefined) headers.authorization = `Bearer ${state.access}`
  if (body !== undefined) headers['content-type'] = 'application/json'
  const startedAt = performance.now()
  const response = await fetch(path, { method, headers, body, credentials: 'same-origin' })
  const text = await response.text()
  let json
  try {
    json = JSON.parse(text)
  } catch {
    json = undefined
  }
  return { response, text, json, milliseconds: Math.round(performance.now() - startedAt) }
}

function claimsOf(token) {
  const part = token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')
  const bytes = Uint8Array.from(atob(part), (character) => character.charCodeAt(0))
  return JSON.parse(new TextDecoder().decode(bytes))
}

function takeAccessToken(token) {
  const claims = claimsOf(token)
  state.access = token
  state.accessUntil = Date.now() + (claims.exp - claims.iat) * 1000
  $('access-token').value = token
  show('access-claims', JSON.stringify(claims, null, 2))
}

function takeRefreshToken() {
  state.refreshUntil = Date.now() + state.refreshSpan * 1000
  show('refresh-token', 'kept in the cookie "refreshToken" (HttpOnly): no script can read it, the browser sends it')
}

function forget() {
  Object.assign(state, { access: undefined, accessUntil: 0, refreshUntil: 0, userId: undefined })
  $('access-token').value = ''
  show('access-claims', 'not signed in')
  show('refresh-token', 'not signed in')
  enableButtons(false)
}

function enableButtons(on) {
  for (const id of ['update-access', 'update-refresh', 'revoke']) $(id).disabled = !on
}

function showAnswer({ response, text, json, milliseconds }) {
  show('answer-status', `${response.status} ${response.statusText}, ${milliseconds} ms`)
  show('answer', json === undefined ? text : JSON.stringify(json, null, 2))
}

$('sign-in').addEventListener('submit', async (event) => {
  event.preventDefault()
  const form = new FormData(event.target)
  const credentials = { login: form.get('login'), password: form.get('password') }
  if (form.get('db')) credentials.db = form.get('db')
  state.access = undefined
  const answer = await send('POST', '/api/authenticate', JSON.stringify(credentials))
  if (!answer.response.ok) {
    forget()
    show('sign-in-status', answer.json?.message ?? `failed: ${answer.response.status}`)
    return
  }
  show('sign-in-status', `signed in as user ${answer.json.user_id}`)
  state.userId = answer.json.user_id
  state.refreshSpan = answer.json.long_term_token_span
  takeAccessToken(answer.json.token)
  takeRefreshToken()
  enableButtons(true)
})

$('update-access').addEventListener('click', async () => {
  const answer = await send('POST', '/api/update/access-token', JSON.stringify({ user_id: state.userId }))
  if (answer.response.ok) takeAccessToken(answer.json.access_token)
  showAnswer(answer)
})

$('update-refresh').addEventListener('click', async () => {
  const answer = await send('POST', '/api/update/refresh-token', JSON.stringify({ user_id: state.userId }))
  if (answer.response.ok) takeRefreshToken()
  showAnswer(answer)
})

$('revoke').addEventListener('click', async () => {
  const answer = await send('POST', '/api/revoke/token', '{}')
  if (answer.response.ok) forget()
  showAnswer(answer)
})

$('call').addEventListener('submit', async (event) => {
  event.preventDefault()
  const form = new FormData(event.target)
  const method = form.get('method')
  const path = form.get('path')
  if (!path.startsWith('/') || path.startsWith('//')) {
    show('answer-status', 'The address must be a path of this server, such as /api/protected/json.')
    return
  }
  showAnswer(await send(method, path, method === 'GET' ? undefined : form.get('body')))
})

setInterval(() => {
  const left = (until) => (until === 0 ? '' : `${Math.max(0, Math.round((until - Date.now()) / 1000))} s left`)
  show('access-life', left(state.accessUntil))
  show('refresh-life', left(state.refreshUntil))
}, 500)
