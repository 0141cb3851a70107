import type { z } from 'zod'
import type { GatehouseError } from '../kernel/error.ts'
import { httpErrors } from './errors.ts'

/**
 * Reads the query of an address by its declaration. A parameter that is written twice is refused: two readers of one
 * address might each take another of them.
 *
 * @throws query.invalid, naming the parameter
 */
export function readQuery<Query>(declaration: z.ZodType<Query>, url: string): Query {
  const start = url.indexOf('?')
  const parameters: Record<string, string> = {}
  for (const [name, value] of new URLSearchParams(start === -1 ? '' : url.slice(start + 1))) {
    if (value.includes('\0') || name.includes('\0')) throw httpErrors['query.invalid']({ data: { field: 'query' } })
    if (Object.hasOwn(parameters, name)) throw invalid(name, (shown) => `The parameter "${shown}" is there twice.`)
    Object.defineProperty(parameters, name, { value, enumerable: true })
  }
  const parsed = declaration.safeParse(parameters)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  if (issue?.code === 'unrecognized_keys') {
    throw invalid(issue.keys[0] ?? '', (shown) => `There is no parameter "${shown}".`)
  }
  const name = issue?.path.map(String).join('.') ?? ''
  throw invalid(name, (shown) => `The parameter "${shown}" ${issue?.message ?? 'is not accepted'}.`)
}

/** More of a name than this is not repeated. Characters. */
const NAME_SHOWN_MAX = 64

function invalid(name: string, sentence: (shown: string) => string): GatehouseError {
  const shown = name.slice(0, NAME_SHOWN_MAX)
  return httpErrors['query.invalid']({ message: sentence(shown), data: { field: shown } })
}
