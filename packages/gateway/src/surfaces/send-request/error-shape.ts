import { type ErrorShape, plainErrors } from '../../http/error-shape.ts'

/** The errors of jwt_auth_api: `{"error","message"}`, and the field where one is to blame. */
export const sendRequestErrors: ErrorShape = (error, context) => {
  const { body, ...rest } = plainErrors(error, context)
  const { field, extra } = error.data
  return { ...rest, body: { ...(body as object), ...(field === undefined ? {} : { field }), ...extra } }
}
