import type { ErrorShape } from '../../http/error-shape.ts'

/** The errors of a call whose sign-in is not known: those of the addresses under /api/v1. */
export const mfaErrors: ErrorShape = (error) => ({
  body: { success: false, message: error.message, code: error.word, ...error.data.extra },
})
