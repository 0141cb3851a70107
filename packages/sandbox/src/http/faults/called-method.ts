import type { Request } from '../request.ts'

/** The model and the method that a request calls, in whichever protocol; undefined when it calls none. */
export function calledMethod({ path, body }: Request): { model: string; method: string } | undefined {
  const [, model, method] = /^\/json\/2\/([^/]+)\/([^/]+)\/?$/.exec(path) ?? []
  if (model !== undefined && method !== undefined) return { model, method }
  if (path.startsWith('/xmlrpc/')) return calledInXml(body)
  if (!body.startsWith('{')) return undefined
  const params = paramsIn(body)
  return named(params?.model, params?.method) ?? executed(params)
}

/** The third and the fourth text of an `execute_kw`: behind database and password, which may be any texts. */
function calledInXml(body: string): { model: string; method: string } | undefined {
  if (!/<methodName>\s*execute(_kw)?\s*<\/methodName>/.test(body)) return undefined
  const texts = [...body.matchAll(/<param>\s*<value>\s*(?:<string>)?([^<]*)/g)].map(([, text]) => text)
  return named(texts[3], texts[4])
}

function executed(
  params: Readonly<Record<string, unknown>> | undefined,
): { model: string; method: string } | undefined {
  const args: unknown = params?.service === 'object' ? params.args : undefined
  return Array.isArray(args) ? named(args[3], args[4]) : undefined
}

function paramsIn(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const call: { params?: Readonly<Record<string, unknown>> } = JSON.parse(body)
    return call.params
  } catch (error) {
    // What is no JSON calls nothing.
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function named(model: unknown, method: unknown): { model: string; method: string } | undefined {
  return typeof model === 'string' && typeof method === 'string' ? { model, method } : undefined
}
