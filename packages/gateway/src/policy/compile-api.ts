import { compileNetworks } from '../kernel/networks.ts'
import type { Api, ApiInput, Exposure, ExposureInput } from './api.ts'
import { FULL_SCOPES } from './scope.ts'

/** Makes the sets and maps that every later call looks things up in. */
export function compileApi(input: ApiInput): Api {
  const exposures = input.exposures.map(compileExposure)
  const forced = exposures.filter((exposure) => exposure.forced !== undefined)
  return {
    name: input.name,
    database: input.database,
    waysIn: input.waysIn,
    origins: input.origins,
    addresses: input.addresses.length === 0 ? undefined : compileNetworks(input.addresses),
    limits: input.rateLimit ?? {},
    scopes: input.scopes ?? FULL_SCOPES,
    exposures: new Map(exposures.map((exposure) => [exposure.model, exposure])),
    aliases: new Map(
      exposures.flatMap(({ alias, model }): [string, string][] => (alias === undefined ? [] : [[alias, model]])),
    ),
    forcedModels: new Set(forced.map(({ model }) => model)),
    asksForCompany: forced.some((exposure) => exposure.forced?.placeholders.has('$company_id')),
  }
}

function compileExposure(input: ExposureInput): Exposure {
  const readableFields = input.readableFields === undefined ? 'all' : new Set(input.readableFields)
  return {
    model: input.model,
    alias: input.alias,
    verbs: new Set(input.verbs),
    readableFields,
    writableFields: input.writableFields === undefined ? readableFields : new Set(input.writableFields),
    defaultFields: input.defaultFields,
    forced: input.forcedDomain,
    methods: new Set(input.methods),
    limitMax: input.limitMax,
    requiredOnCreate: input.requiredOnCreate,
  }
}
