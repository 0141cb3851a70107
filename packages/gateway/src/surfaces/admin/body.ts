import type { z } from 'zod'
import { httpErrors } from '../../http/errors.ts'
import { expectObject } from '../../http/json-body.ts'
import { explainIssue } from '../../kernel/explain-issue.ts'
import type { BodyShape } from './admin-route.ts'

/** A body of this shape; every fault is told at once, with its path. */
export function bodyOf<Body>(schema: z.ZodType<Body>): BodyShape<Body> {
  return { schema, read: (json) => read(schema, expectObject(json)) }
}

/** The same where all of it may be left out. */
export function optionalBodyOf<Body>(schema: z.ZodType<Body>): BodyShape<Body> {
  // fastify has read nothing where nothing was sent.
  return { schema, optional: true, read: (json) => read(schema, expectObject(json ?? {})) }
}

function read<Body>(schema: z.ZodType<Body>, json: unknown): Body {
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const errors = parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: explainIssue(issue) }))
  throw httpErrors['body.invalid']({
    message: `The body has ${errors.length === 1 ? 'a fault' : `${errors.length} faults`}: see "errors".`,
    data: { extra: { errors } },
  })
}
