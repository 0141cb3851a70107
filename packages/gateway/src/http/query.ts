import type { z } from 'zod'
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
    if (Object.hasOwn(parameters, name)) {
      throw httpErrors['query.invalid']({ message: `The parameter "${name}" is there twice.`, data: { field: name } })
    }
    if (value.includes('\0') || name.includes('\0')) throw httpErrors['query.invalid']({ data: { field: 'query' } })
    Object.defineProperty(parameters, name, { value, enumerable: true })
  }
  const parsed = declaration.safeParse(parameters)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  if (issue?.code === 'unrecognized_keys') {
    const name = (issue.keys[0] ?? '').slice(0, NAME_SHOWN_MAX)
    throw httpErrors['query.invalid']({ message: `There is no parameter "${name}".`, data: { field: name } })
  }
  const name = issue?.path.map(String).join('.') ?? ''
  throw httpErrors['query.invalid']({
    message: `The parameter "${name}" ${issue?.message ?? 'is not accepted'}.`,
    data: { field: name },
  })
}

/** More of a name than this is not repeated in a message. */
const NAME_SHOWN_MAX = 64
