import { OdooFault } from '@odoo-gatehouse/odoo/client'
import type { ApiInput, ExposureInput } from '../../policy/api.ts'
import { type Finding, findingsAbout } from './finding.ts'

/** Odoo as some user of the database. */
export type OdooAsUser = {
  readonly login: string
  callKw(model: string, method: string, args: readonly unknown[], kwargs: object): Promise<unknown>
}

/** By these Odoo says that it has no such model (odoo 17.0: KeyError; 18.0 and later: NotFound, 404). */
const NO_MODEL: ReadonlySet<string> = new Set(['KeyError', 'NotFound'])

/**
 * Looks for models and fields that APIs name and Odoo does not have. Of each model the fields are asked for once.
 *
 * @param progress told which model is looked at
 */
export async function examineExposures(
  database: string,
  apis: readonly ApiInput[],
  odoo: OdooAsUser,
  progress: (model: string) => void,
): Promise<readonly Finding[]> {
  const { ok, unknown, warning, fault } = findingsAbout(`odoo ${database}`)
  const own = apis.filter((api) => api.database === database)
  const models = [...new Set(own.flatMap(({ exposures }) => exposures.map(({ model }) => model)))].sort()
  const findings: Finding[] = []
  for (const model of models) {
    progress(model)
    const fields = await fieldsOf(model, odoo)
    const named = own.filter(({ exposures }) => exposures.some((exposure) => exposure.model === model))
    const where = named.map(({ name }) => name).join(', ')
    if (fields === 'missing') {
      findings.push(
        fault(`There is no model ${model}, which APIs expose (${where}).`, {
          why: 'Calls on it are refused.',
          next: 'Install the module that brings it, or take the exposure away.',
        }),
      )
    } else if (fields === 'hidden') {
      findings.push(unknown(`${odoo.login} may not read ${model} (APIs: ${where}): its fields were not looked at.`))
    } else {
      for (const { name, exposures } of named) {
        const wrong = exposures.flatMap((exposure) =>
          exposure.model === model ? namedFields(exposure).filter((field) => !fields.has(field)) : [],
        )
        if (wrong.length === 0) continue
        findings.push(
          warning(`The API ${name} names fields that ${model} does not have or does not show: ${wrong.join(', ')}.`, {
            why: `Looked at as ${odoo.login}; Odoo hides fields from those who are not in their groups.`,
            next: 'Correct their names, install the module, or take them away.',
          }),
        )
      }
    }
  }
  return findings.some(({ state }) => state !== 'unknown')
    ? findings
    : [...findings, ok(`${models.length} models are exposed; those that could be looked at are as the APIs say.`)]
}

async function fieldsOf(model: string, odoo: OdooAsUser): Promise<ReadonlySet<string> | 'missing' | 'hidden'> {
  try {
    const fields = await odoo.callKw(model, 'fields_get', [], { attributes: ['type'] })
    return new Set(Object.keys(typeof fields === 'object' && fields !== null ? fields : {}))
  } catch (error) {
    if (!(error instanceof OdooFault)) throw error
    return NO_MODEL.has(error.exception) ? 'missing' : 'hidden'
  }
}

function namedFields(exposure: ExposureInput): readonly string[] {
  const { readableFields = [], writableFields = [], defaultFields = [], requiredOnCreate, forcedDomain } = exposure
  const forced = forcedDomain === undefined ? [] : [...forcedDomain.values.keys(), ...forcedDomain.lockedFields]
  return [...new Set([...readableFields, ...writableFields, ...defaultFields, ...requiredOnCreate, ...forced])]
}
