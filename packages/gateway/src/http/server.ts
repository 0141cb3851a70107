import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import type { GatehouseError } from '../kernel/error.ts'
import { answerClientError } from './client-error.ts'
import { type ErrorShape, plainErrors } from './error-shape.ts'
import { httpErrors } from './errors.ts'
import { Exchange } from './exchange.ts'
import { readJson } from './json-body.ts'
import { methodsByPath } from './methods-by-path.ts'
import type { ServerLimits, ServerOptions } from './server-options.ts'

/**
 * The HTTP server: it reads requests within their limits, hands them to the routes, and presents what these answer
 * or throw. It knows no surface and no credential.
 */
export function createServer(options: ServerOptions): FastifyInstance {
  const { limits } = options
  const server = Fastify({
    logger: false,
    bodyLimit: limits.bodyBytesMax,
    requestTimeout: limits.requestTimeoutMs,
    http: { maxHeaderSize: limits.headerBytesMax, connectionsCheckingInterval: limits.requestCheckEveryMs },
    // A client that does not read its answer holds the connection no longer than one that does not write.
    connectionTimeout: limits.idleSocketMs,
    trustProxy: options.trustedProxies.length === 0 ? false : [...options.trustedProxies],
    routerOptions: { maxParamLength: 1024, ignoreTrailingSlash: false },
    forceCloseConnections: 'idle',
    frameworkErrors: (error, request, reply) =>
      new Exchange(request, reply, options).fail(readError(error, limits), plainErrors),
    clientErrorHandler: (error, socket) => answerClientError(error, socket, options),
  })
  server.removeAllContentTypeParsers()
  server.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, bytes: Buffer) => {
      if (isEncoded(request.headers['content-encoding'])) throw httpErrors['body.encoded']()
      return readJson(bytes)
    },
  )

  for (const route of options.routes) {
    server.route({
      method: route.method,
      url: route.path,
      config: { errors: route.errors, sameOrigin: route.sameOrigin ?? false },
      handler: (request, reply) => new Exchange(request, reply, options).run(route),
    })
  }
  for (const { path, methods, missing, errors, sameOrigin } of methodsByPath(options.routes)) {
    server.route({
      method: missing,
      url: path,
      config: { errors, sameOrigin },
      // Before the body is read: its form does not matter where the method is wrong.
      onRequest: async (request, reply) => new Exchange(request, reply, options).refuseMethod(methods, errors),
      handler: (_request, reply) => reply,
    })
  }
  server.decorateRequest('arrivedAtMs', undefined)
  server.addHook('onRequest', async (request, reply) => {
    request.arrivedAtMs = options.clock.nowMs()
    if (!request.is404) return undefined
    return new Exchange(request, reply, options).fail(httpErrors['route.unknown'](), plainErrors)
  })
  server.setErrorHandler((error, request, reply) => {
    const shape = request.routeOptions.config.errors ?? plainErrors
    return new Exchange(request, reply, options).fail(readError(error, limits), shape)
  })
  return server
}

/** A body that is packed is not unpacked: a small one may hold gigabytes. */
function isEncoded(contentEncoding: string | undefined): boolean {
  return contentEncoding !== undefined && contentEncoding.toLowerCase() !== 'identity'
}

const BYTES_OF_MEBIBYTE = 1_048_576

/** Errors that fastify itself found while it read the request. */
const FASTIFY_ERRORS: Readonly<Record<string, (limits: ServerLimits) => GatehouseError>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ({ bodyBytesMax }) =>
    httpErrors['body.too_large']({
      message: `The request body is too large: ${bodyBytesMax / BYTES_OF_MEBIBYTE} MiB is the limit.`,
    }),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () => httpErrors['body.media_type'](),
  FST_ERR_CTP_EMPTY_TYPE: () => httpErrors['body.media_type'](),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () => httpErrors['request.malformed'](),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => httpErrors['body.empty'](),
  FST_ERR_BAD_URL: () => httpErrors['request.malformed'](),
  // Whoever sent the body went away in the middle of it.
  ECONNRESET: () => httpErrors['request.malformed'](),
  ERR_STREAM_PREMATURE_CLOSE: () => httpErrors['request.malformed'](),
}

function readError(error: unknown, limits: ServerLimits): unknown {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  const known = typeof code === 'string' ? FASTIFY_ERRORS[code] : undefined
  return known === undefined ? error : known(limits)
}

declare module 'fastify' {
  interface FastifyContextConfig {
    readonly errors?: ErrorShape
    readonly sameOrigin?: boolean
  }
  interface FastifyRequest {
    /** When the head of the request had been read, before its body. Milliseconds since 1970. */
    arrivedAtMs: number | undefined
  }
}
