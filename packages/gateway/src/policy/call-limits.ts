import { z } from 'zod'

/** How often something may be called. */
export type CallLimit = {
  /** The most calls of one minute, which begins with the first of them. */
  readonly perMinute: number
  /** The most calls of one second, so that the calls of a minute do not come all at once; undefined: no such bound. */
  readonly burst?: number | undefined
}

/** The limits of an API: of each sign-in (grant) by itself, and of all calls through the API together. */
export type CallLimits = { readonly perGrant?: CallLimit | undefined; readonly perApi?: CallLimit | undefined }

const CallLimitInput = z
  .strictObject({
    perMinute: z.number().int().min(1).max(1_000_000),
    burst: z.number().int().min(1).max(1_000_000).optional(),
  })
  .superRefine(({ perMinute, burst }, context) => {
    if (burst === undefined || burst <= perMinute) return
    context.addIssue({ code: 'custom', path: ['burst'], message: 'is the most calls of one second: at most perMinute' })
  })

/** `rateLimit` of an API in the settings file. */
export const CallLimitsInput = z
  .strictObject({ perGrant: CallLimitInput.optional(), perApi: CallLimitInput.optional() })
  .refine(({ perGrant, perApi }) => perGrant !== undefined || perApi !== undefined, 'must have perGrant or perApi')
