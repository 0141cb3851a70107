import { DomainError } from '@odoo-gatehouse/odoo/domain'
import { z } from 'zod'
import { isNetwork, type Networks } from '../kernel/networks.ts'
import { faultOfApiName } from './api-name.ts'
import { type CallLimits, CallLimitsInput } from './call-limits.ts'
import { holdsSecrets, isDangerousModel } from './dangerous-model.ts'
import { compileForcedDomain, type ForcedDomain } from './forced-domain.ts'
import { isModelName } from './model-name.ts'
import { isRecordScope } from './scope.ts'
import { RECORD_VERBS, type RecordVerb } from './verb.ts'

/** How somebody may come in through an API: an Odoo password, an API key of Gatehouse. More ways are more rows. */
export const WAYS_IN = ['password', 'api_key'] as const

/** One of the closed set of ways in. */
export type WayIn = (typeof WAYS_IN)[number]

/** The most records that one page may hold, whatever an exposure says. CONTRACT §0, "limits". */
export const LIMIT_MAX = 500

/**
 * A "door": which database, which ways in, and which models, verbs and fields. What is not in it is denied. Compiled
 * once from `ApiInput` by `compileApi`; looked up on every call.
 */
export type Api = {
  readonly name: string
  readonly database: string
  readonly waysIn: readonly WayIn[]
  /** Origins of browser apps, as browsers send them (`https://app.example.com`). */
  readonly origins: readonly string[]
  /** The networks that it may be used from; undefined: everywhere. */
  readonly addresses: Networks | undefined
  readonly limits: CallLimits
  /** The most that a sign-in through this API gets, whatever its token says. */
  readonly scopes: readonly string[]
  /** By the technical name of the model. */
  readonly exposures: ReadonlyMap<string, Exposure>
  /** The technical name by alias. */
  readonly aliases: ReadonlyMap<string, string>
  /** The models with a forced domain. */
  readonly forcedModels: ReadonlySet<string>
  /** True if one of the forced domains asks for the company of the user. */
  readonly asksForCompany: boolean
}

/** What an API shows of one model. */
export type Exposure = {
  readonly model: string
  readonly alias: string | undefined
  readonly verbs: ReadonlySet<RecordVerb>
  /** `all`: every field that Odoo shows to the user. `id` and `display_name` may always be read. */
  readonly readableFields: ReadonlySet<string> | 'all'
  readonly writableFields: ReadonlySet<string> | 'all'
  /** Fields of an answer to a request that names none, beside `id` and `display_name`; undefined: the rule decides. */
  readonly defaultFields: readonly string[] | undefined
  readonly forced: ForcedDomain | undefined
  /** Methods that may be called, beside those that are core actions. */
  readonly methods: ReadonlySet<string>
  /** The most records of one page, 1 to 500. */
  readonly limitMax: number
  /** Fields that a new record must have a value for, checked before Odoo is asked. */
  readonly requiredOnCreate: readonly string[]
}

/** The most APIs that one policy may hold. */
export const POLICY_APIS_MAX = 200

const FieldName = z.string().regex(/^[a-z_][a-zA-Z0-9_]{0,62}$/, 'must be the name of a field')
const FieldNames = z.array(FieldName).max(1000)

const ForcedDomainInput = z.union([z.string().max(16_384), z.array(z.unknown())]).transform((source, context) => {
  try {
    return compileForcedDomain(source)
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    context.addIssue({ code: 'custom', message: `is not a domain: ${error.message.replace(/\.$/, '')}` })
    return z.NEVER
  }
})

/** One exposure of an API in the settings file. */
export const ExposureInput = z
  .strictObject({
    model: z.string().refine(isModelName, 'must be the technical name of a model, such as res.partner'),
    /** Another name in paths; small letters, digits and "-". */
    alias: z
      .string()
      .regex(/^[a-z][a-z0-9-]{1,62}$/, 'must be a letter, then small letters, digits or "-"')
      .refine((alias) => alias !== 'auth', '"auth" is a fixed path: take another name')
      .optional(),
    verbs: z.array(z.enum(RECORD_VERBS)).min(1).max(RECORD_VERBS.length),
    /** All that Odoo shows to the user, when absent. */
    readableFields: FieldNames.optional(),
    /** The readable ones, when absent. */
    writableFields: FieldNames.optional(),
    /** Readable, stored, neither binary nor x2many, when absent. */
    defaultFields: FieldNames.optional(),
    /** JSON or a Python literal; `"$uid"` and `"$company_id"` in place of a value are the caller's. */
    forcedDomain: ForcedDomainInput.optional(),
    methods: z
      .array(z.string().regex(/^[a-z][a-zA-Z0-9_]{0,127}$/, 'must be the name of a public method'))
      .max(500)
      .default([]),
    limitMax: z.number().int().min(1).max(LIMIT_MAX).default(LIMIT_MAX),
    requiredOnCreate: FieldNames.default([]),
    /** Says that writing to a model that Odoo's own security rests on, or reading one that holds secrets, is meant. */
    dangerous: z.boolean().default(false),
  })
  .superRefine((exposure, context) => {
    const danger = exposure.dangerous ? undefined : dangerOf(exposure)
    if (danger !== undefined) {
      context.addIssue({ code: 'custom', path: ['dangerous'], message: `must be true: ${danger}` })
    }
    for (const [index, field] of (exposure.defaultFields ?? []).entries()) {
      if (exposure.readableFields === undefined || exposure.readableFields.includes(field)) continue
      if (field === 'id' || field === 'display_name') continue
      context.addIssue({ code: 'custom', path: ['defaultFields', index], message: 'is not one of the readableFields' })
    }
  })

/** One exposure after every check. */
export type ExposureInput = z.output<typeof ExposureInput>

/** One API in the settings file: what `apis:` is a list of. Every fault is reported with its path. */
export const ApiInput = z
  .strictObject({
    name: z.string().superRefine((name, context) => {
      const fault = faultOfApiName(name)
      if (fault !== undefined) context.addIssue({ code: 'custom', message: fault })
    }),
    database: z.string().min(1).max(63),
    waysIn: z.array(z.enum(WAYS_IN)).max(WAYS_IN.length).default(['password']),
    origins: z
      .array(z.string().refine(isOrigin, 'must be an origin as browsers send it, such as https://app.example.com'))
      .max(100)
      .default([]),
    /** Networks that it may be used from; everywhere, when absent. */
    addresses: z
      .array(z.string().refine(isNetwork, 'must be an IP address or a network such as 10.0.0.0/8'))
      .max(1000)
      .default([]),
    rateLimit: CallLimitsInput.optional(),
    /** The most that a sign-in through this API gets; everything that the exposures allow, when absent. */
    scopes: z
      .array(z.string().refine(isRecordScope, 'must be a model or "*", and a verb, such as res.partner:read or *:read'))
      .min(1)
      .max(1000)
      .optional(),
    exposures: z.array(ExposureInput).max(1000).default([]),
  })
  .superRefine((api, context) => {
    const taken = new Set<string>()
    for (const [index, { model, alias }] of api.exposures.entries()) {
      if (taken.has(model)) {
        context.addIssue({ code: 'custom', path: ['exposures', index, 'model'], message: 'is exposed twice' })
      }
      taken.add(model)
      if (alias === undefined) continue
      if (taken.has(alias)) {
        context.addIssue({ code: 'custom', path: ['exposures', index, 'alias'], message: 'names two models' })
      }
      taken.add(alias)
    }
  })

/** One API after every check. */
export type ApiInput = z.output<typeof ApiInput>

/** Why an exposure has to say that it is meant, after "must be true"; undefined: it need not. */
function dangerOf({ model, verbs, methods }: Pick<ExposureInput, 'model' | 'verbs' | 'methods'>): string | undefined {
  if (holdsSecrets(model)) return `${model} holds passwords, keys or tokens, and this exposure shows or changes them`
  const writes = verbs.some((verb) => verb !== 'read') || methods.length > 0
  if (!writes || !isDangerousModel(model)) return undefined
  return `${model} decides who may do what in Odoo, and this exposure may change it`
}

/** An origin is scheme, host and port alone, in the browser's spelling (RFC 6454 §6.2). */
function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { origin, protocol } = new URL(text)
  return origin === text && (protocol === 'https:' || protocol === 'http:')
}
