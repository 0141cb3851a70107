import type { GatehouseError } from '../kernel/error.ts'

/** How a surface tells an error: the body, and headers beside those that every error has. */
export type ErrorShape = (error: GatehouseError, request: ErrorContext) => ErrorAnswer

/** What a shape may look at: the body, if one was read, and the request's id. */
export type ErrorContext = { readonly body: unknown; readonly requestId: string }

/** The answer; its status is the error's own. */
export type ErrorAnswer = { readonly body: unknown; readonly headers?: Readonly<Record<string, string>> }

/** The shape of addresses that belong to no surface, and of surfaces without a shape of their own. */
export const plainErrors: ErrorShape = (error) => ({ body: { error: error.word, message: error.message } })
