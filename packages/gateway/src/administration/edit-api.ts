import type { ApiDocument, ExposureDocument } from '../policy/api-document.ts'
import { documentOf } from '../policy/api-document.ts'
import { type ApiPlan, applyWithin, type PolicyDeps } from './apply-policy.ts'
import { loadEffectiveApis } from './effective-apis.ts'
import { administrationErrors } from './errors.ts'
import { readApi } from './read-api.ts'

/** Which API. */
export type ApiRef = { readonly database: string; readonly name: string }

/** What is said of an exposure; what is not said stays as it is. */
export type ExposureChange = Partial<Omit<ExposureDocument, 'model'>>

/**
 * Makes an API that exposes nothing yet.
 *
 * @throws admin.conflict when there is one of this name, admin.invalid
 */
export async function createApi(
  ref: ApiRef,
  settings: Pick<ApiDocument, 'waysIn'>,
  by: string,
  deps: PolicyDeps,
): Promise<ApiPlan | undefined> {
  return editApi(
    ref,
    (before) => {
      if (before === undefined) return { ...ref, ...settings, exposures: [] }
      throw administrationErrors['admin.conflict']({
        message: `The database "${ref.database}" has an API "${ref.name}" already: open models in it with \`gatehouse api expose\`.`,
      })
    },
    by,
    deps,
  )
}

/** What is said of an API as a whole; what is not said stays as it is. */
export type ApiTerms = Pick<ApiDocument, 'waysIn' | 'origins' | 'addresses'> & {
  /** The most calls of one sign-in in a minute; `none` takes that limit away. */
  readonly perMinute?: number | 'none'
}

/**
 * Changes how an API may be reached. An API of the demo becomes one of the store.
 *
 * @throws admin.not_found, admin.conflict for an API of the settings file, admin.invalid
 */
export async function changeApi(
  ref: ApiRef,
  { perMinute, ...terms }: ApiTerms,
  by: string,
  deps: PolicyDeps,
): Promise<ApiPlan | undefined> {
  return editApi(
    ref,
    (before = missing(ref)) => {
      if (perMinute === undefined) return { ...before, ...terms }
      const { rateLimit, ...rest } = before
      const { perGrant, ...others } = rateLimit ?? {}
      const limits = perMinute === 'none' ? others : { ...others, perGrant: { ...perGrant, perMinute } }
      return { ...rest, ...terms, ...(Object.keys(limits).length === 0 ? {} : { rateLimit: limits }) }
    },
    by,
    deps,
  )
}

/**
 * Exposes a model, or changes how it is exposed. An API of the demo becomes one of the store.
 *
 * @throws admin.not_found, admin.conflict for an API of the settings file, admin.invalid
 */
export async function exposeModel(
  ref: ApiRef,
  model: string,
  change: ExposureChange,
  by: string,
  deps: PolicyDeps,
): Promise<ApiPlan | undefined> {
  return editApi(
    ref,
    (before) => {
      const { exposures = [], ...api } = before ?? missing(ref)
      const index = exposures.findIndex((exposure) => exposure.model === model)
      if (index === -1 && change.verbs === undefined) {
        const command = `gatehouse api expose ${ref.name} ${model} --verbs read`
        const message = `The API "${ref.name}" does not expose "${model}" yet: say what may be done with it, such as \`${command}\`.`
        const errors = [{ path: `exposures.${model}.verbs`, message }]
        throw administrationErrors['admin.invalid']({ message, data: { extra: { errors } } })
      }
      const exposure = { verbs: [], ...exposures[index], ...change, model }
      return { ...api, exposures: index === -1 ? [...exposures, exposure] : exposures.with(index, exposure) }
    },
    by,
    deps,
  )
}

/**
 * Takes a model out of an API.
 *
 * @throws admin.not_found, admin.conflict for an API of the settings file
 */
export async function unexposeModel(
  ref: ApiRef,
  model: string,
  by: string,
  deps: PolicyDeps,
): Promise<ApiPlan | undefined> {
  return editApi(
    ref,
    (before) => {
      const { exposures = [], ...api } = before ?? missing(ref)
      const left = exposures.filter((exposure) => exposure.model !== model)
      if (left.length < exposures.length) return { ...api, exposures: left }
      throw administrationErrors['admin.not_found']({
        message: `The API "${ref.name}" does not expose "${model}": see \`gatehouse api show ${ref.name}\`.`,
      })
    },
    by,
    deps,
  )
}

/** Reads an API, changes it and writes it, in one transaction. Undefined: it was so already. */
async function editApi(
  { database, name }: ApiRef,
  edit: (before: ApiDocument | undefined) => ApiDocument,
  by: string,
  deps: PolicyDeps,
): Promise<ApiPlan | undefined> {
  return deps.store.transaction(async (tx) => {
    const { apis } = await loadEffectiveApis(tx, deps.given)
    const present = apis.find(({ api }) => api.database === database && api.name === name)
    const api = readApi(edit(present === undefined ? undefined : documentOf(present.api)))
    const { changes } = await applyWithin(tx, { wanted: [api] }, by, deps)
    return changes[0]
  })
}

function missing({ database, name }: ApiRef): never {
  throw administrationErrors['admin.not_found']({
    message: `The database "${database}" has no API "${name}": make it with \`gatehouse api create ${name} --database ${database}\`.`,
  })
}
