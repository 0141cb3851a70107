import { z } from 'zod'

/** The model, and the database for clients that name it in every call. */
const common = { model: z.string({ error: 'is required' }).min(1, 'is required'), db: z.string().optional() }

/** `GET /api/send_request`: everything but `model` and `fields` may be left out. */
export const ReadQuery = z.strictObject({
  ...common,
  fields: z.string({ error: 'is required: a JSON list such as ["name"]' }),
  id: z.string().optional(),
  domain: z.string().optional(),
  expand: z.string().optional(),
  /** A page, counted from 1, whatever its name says. */
  offset: z.string().optional(),
  limit: z.string().optional(),
  order: z.string().optional(),
})

/** `POST /api/send_request`. */
export const CreateQuery = z.strictObject(common)

/** `PUT` and `DELETE /api/send_request`. */
export const RecordQuery = z.strictObject({ ...common, id: z.string({ error: 'is required' }) })

export type ReadQuery = z.infer<typeof ReadQuery>
