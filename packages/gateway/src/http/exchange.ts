import { isIP } from 'node:net'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { GatehouseError } from '../kernel/error.ts'
import type { RateLimitState } from '../kernel/rate-limit.ts'
import type { Api } from '../policy/api.ts'
import { causeText } from './cause-text.ts'
import { printCookie, readCookies } from './cookie.ts'
import { refuseForeignOrigin } from './cookie-guard.ts'
import { corsHeaders, preflightHeaders } from './cors.ts'
import type { ErrorShape } from './error-shape.ts'
import { httpErrors } from './errors.ts'
import { readQuery } from './query.ts'
import { refuseSecretsInQuery } from './query-secrets.ts'
import { rateLimitHeaders } from './rate-limit-headers.ts'
import type { Answer, Call, Route } from './route.ts'
import type { ServerOptions } from './server-options.ts'

const NONE: readonly string[] = []

/** One request and its answer, from the checks that every call passes to the bytes that go out. */
export class Exchange {
  readonly #request: FastifyRequest
  readonly #reply: FastifyReply
  readonly #options: ServerOptions
  readonly #requestId: string
  readonly #startedAtMs: number
  #api: Api | undefined
  #errors: ErrorShape | undefined
  #grantId: string | undefined
  #limit: RateLimitState | undefined
  #repeatsHeaders: boolean | undefined

  constructor(request: FastifyRequest, reply: FastifyReply, options: ServerOptions) {
    this.#request = request
    this.#reply = reply
    this.#options = options
    this.#requestId = options.requestIds(request.headers['x-request-id'])
    // A request that fastify refuses by itself passes no hook: its head has just been read.
    this.#startedAtMs = request.arrivedAtMs ?? options.clock.nowMs()
  }

  /** Runs a route. The order of the checks is the order of the lines. */
  async run(route: Route): Promise<FastifyReply> {
    try {
      refuseSecretsInQuery(this.#request.url)
      return this.#send(await this.#answer(route, this.#call()))
    } catch (error) {
      return this.fail(error, this.#errors ?? route.errors)
    }
  }

  /** Answers a method that the path does not have; `OPTIONS` is a question that is always answered. */
  refuseMethod(methods: readonly string[], errors: ErrorShape): FastifyReply {
    const allow = [...methods, 'OPTIONS']
    if (this.#request.method !== 'OPTIONS') return this.fail(methodRefused(allow), errors)
    const { origin, 'access-control-request-headers': requested } = this.#request.headers
    return this.#send({
      status: 204,
      headers: {
        allow: allow.join(', '),
        ...preflightHeaders(requested),
        ...corsHeaders(origin, this.#originsOfEveryApi()),
      },
      body: undefined,
    })
  }

  /** Answers an error in the surface's shape. What is no `GatehouseError` is told to the log and to nobody else. */
  fail(thrown: unknown, shape: ErrorShape): FastifyReply {
    const error = this.#toGatehouseError(thrown)
    const { body, headers } = shape(error, { body: this.#request.body, requestId: this.#requestId })
    const { retryAfterSeconds, allow, rateLimit } = error.data
    // A wrong password is answered alike for every database, those among them that are not configured and have no limit.
    const isUnknownCaller = error.status === 401 && this.#grantId === undefined
    this.#limit = rateLimit ?? (isUnknownCaller ? undefined : this.#limit)
    const facts: Record<string, string> = { ...headers }
    if (retryAfterSeconds !== undefined) facts['retry-after'] = String(retryAfterSeconds)
    if (allow !== undefined) facts.allow = allow.join(', ')
    // RFC 9110 §15.5.2: a 401 names a way to authenticate; RFC 6750 §3 this one.
    if (error.status === 401) facts['www-authenticate'] = 'Bearer'
    return this.#send({ status: error.status, headers: facts, body }, error)
  }

  /** Whom a route lets in is settled, and whose origins may read the answer, before its handler runs. */
  async #answer(route: Route, call: Call): Promise<Answer> {
    switch (route.needs) {
      case 'nothing':
        return route.handle(this.#parse(route, call))
      case 'door': {
        const parsed = this.#parse(route, call)
        const door = await route.door(parsed)
        this.#errors = door.errors
        await this.#enter(door.api, door.grantId)
        return route.handle(parsed, door)
      }
      case 'access token': {
        const caller = await this.#options.identify(call)
        await this.#enter(caller.api, caller.principal.grantId)
        return route.handle(this.#parse(route, call), caller)
      }
      case 'guard': {
        const guest = await route.guard(call)
        return route.handle(this.#parse(route, call), guest)
      }
    }
  }

  /** From here on the origins of the API may read the answer, a refusal among them. */
  async #enter(api: Api, grantId: string | undefined): Promise<void> {
    this.#api = api
    this.#grantId = grantId
    this.#limit = await this.#options.admit({ api, grantId, address: this.#certainAddress() })
  }

  /**
   * The address of the client, unless a peer that is no trusted proxy says that it forwards for somebody: it may be a
   * proxy that nobody has told us of, and its own address then says nothing about the client.
   */
  #certainAddress(): string | undefined {
    const { headers, ip, ips = [] } = this.#request
    const isForwarded = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined
    return isForwarded && ips.length < 2 ? undefined : ip
  }

  #call(): Call {
    const { headers, body } = this.#request
    return {
      requestId: this.#requestId,
      url: this.#request.url,
      headers,
      headerValues: (name) => this.#headerValues(name),
      cookies: readCookies(headers.cookie),
      address: this.#address(),
      certainAddress: this.#certainAddress(),
      // fastify decodes them, and has made an object of texts.
      params: this.#request.params as Record<string, string>,
      query: this.#request.query,
      body,
      refuseForeignOrigin: ({ origins }) =>
        refuseForeignOrigin(
          { origin: headers.origin, secFetchSite: first(headers['sec-fetch-site']) },
          { publicUrl: this.#options.publicUrl, origins },
        ),
    }
  }

  /** A proxy may pass on what is no address; the peer's own is one. */
  #address(): string {
    const { ip, socket } = this.#request
    return isIP(ip) === 0 ? (socket.remoteAddress ?? ip) : ip
  }

  /** `headers` keeps one value of some names; only where a name was sent twice is it worth to look at all of them. */
  #headerValues(name: string): readonly string[] {
    const { headers, raw } = this.#request
    const value = headers[name]
    if (value === undefined) return NONE
    this.#repeatsHeaders ??= raw.rawHeaders.length > 2 * Object.keys(headers).length
    if (this.#repeatsHeaders) return raw.headersDistinct[name] ?? NONE
    return typeof value === 'string' ? [value] : value
  }

  #parse(route: Route, call: Call): Call {
    return {
      ...call,
      query: route.query === undefined ? undefined : readQuery(route.query, this.#request.url),
      body: route.body === undefined ? undefined : route.body(call.body),
    }
  }

  #send(answer: Answer, error?: GatehouseError): FastifyReply {
    const reply = this.#reply
    const isText = typeof answer.body === 'string'
    reply.code(answer.status ?? 200).headers({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-request-id': this.#requestId,
      vary: 'Origin',
      ...corsHeaders(this.#request.headers.origin, this.#readers(error)),
      ...(answer.body === undefined || isText ? {} : { 'content-type': 'application/json; charset=utf-8' }),
      ...(this.#limit === undefined ? {} : rateLimitHeaders(this.#limit)),
      ...answer.headers,
    })
    const secure = this.#options.publicUrl.startsWith('https:')
    for (const change of answer.cookies ?? []) reply.header('set-cookie', printCookie(change, secure))
    this.#tell(answer.status ?? 200, error)
    return reply.send(answer.body === undefined || isText ? answer.body : JSON.stringify(answer.body))
  }

  /**
   * The origins that may read the answer: those of the API. A refusal before the API is known may be read by those of
   * every API, else no app could tell its user why; any other answer without an API is for no other origin.
   */
  #readers(error: GatehouseError | undefined): readonly string[] {
    if (this.#api !== undefined) return this.#api.origins
    if (error === undefined || this.#request.headers.origin === undefined) return NONE
    return this.#originsOfEveryApi()
  }

  #originsOfEveryApi(): readonly string[] {
    if (this.#request.routeOptions.config?.sameOrigin === true) return NONE
    return this.#options.apis().flatMap((api) => api.origins)
  }

  #tell(status: number, error: GatehouseError | undefined): void {
    const cause = error === undefined || status < 500 ? undefined : causeText(error.cause)
    this.#options.onFinished?.({
      requestId: this.#requestId,
      method: this.#request.method,
      route: this.#request.routeOptions.url ?? 'unknown',
      status,
      durationMs: this.#options.clock.nowMs() - this.#startedAtMs,
      address: this.#request.ip,
      ...(this.#grantId === undefined ? {} : { grantId: this.#grantId }),
      ...(error === undefined ? {} : { code: error.code }),
      ...(error?.internal === undefined ? {} : { internal: error.internal }),
      ...(cause === undefined ? {} : { cause }),
    })
  }

  #toGatehouseError(thrown: unknown): GatehouseError {
    if (thrown instanceof GatehouseError) return thrown
    this.#options.onUnexpected?.(thrown, this.#requestId)
    return httpErrors.unexpected({ cause: thrown })
  }
}

function methodRefused(allow: readonly string[]): GatehouseError {
  const message = `This address does not have that method; it has: ${allow.join(', ')}.`
  return httpErrors['route.method']({ message, data: { allow } })
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}
