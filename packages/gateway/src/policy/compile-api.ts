import type { Api, ApiInput, Exposure, ExposureInput } from './api.ts'

/** Makes the sets and maps that every later call looks things up in. */
export function compileApi(input: ApiInput): Api {
  const exposures = input.exposures.map(compileExposure)
  return {
    name: input.name,
    database: input.database,
    waysIn: input.waysIn,
    origins: input.origins,
    exposures: new Map(exposures.map((exposure) => [exposure.model, exposure])),
    aliases: new Map(
      exposures.flatMap(({ alias, model }): [string, string][] => (alias === undefined ? [] : [[alias, model]])),
    ),
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
