import type { EffectiveApis } from '../../administration/effective-apis.ts'
import { isLoopback } from '../../config/load-settings.ts'
import { DEFAULT_API, type DefaultApis } from '../../policy/api-directory.ts'
import { type Finding, findingsAbout } from './finding.ts'

const { ok, warning, fault } = findingsAbout('apis')

/** What the APIs let happen, as far as they tell by themselves. Pure. */
export function examineApis(
  { apis, unusable }: EffectiveApis,
  databases: readonly string[],
  defaults: DefaultApis,
): readonly Finding[] {
  const isThere = (database: string) => {
    const name = defaults.get(database) ?? DEFAULT_API
    return apis.some(({ api }) => api.database === database && api.name === name)
  }
  const plain = apis.flatMap(({ api }) =>
    api.origins
      .filter((origin) => origin.startsWith('http:') && !isLoopback(new URL(origin).hostname))
      .map((origin) => ({ api, origin })),
  )
  const findings = [
    ...unusable.map(({ database, name, reason }) =>
      fault(`The stored API ${database}/${name} cannot be used: ${reason}.`, {
        why: 'It is left out, so that its calls are refused.',
        next: 'Set it anew with `gatehouse apply`.',
      }),
    ),
    ...databases
      .filter((database) => !isThere(database))
      .map((database) =>
        warning(`The database ${database} has no API "${defaults.get(database) ?? DEFAULT_API}".`, {
          why: 'Sign-ins that name no API are refused.',
          next: 'Add one (docs/policy.md), or have clients send X-Gatehouse-Api.',
        }),
      ),
    ...plain.map(({ api, origin }) =>
      warning(`The API ${api.database}/${api.name} lets pages of ${origin} read answers: not https.`, {
        why: 'Whoever is on the way can put a script of his into that page.',
        next: 'Serve the page over https and list that origin.',
      }),
    ),
    ...apis.flatMap(({ api }) =>
      api.exposures
        .filter(({ dangerous }) => dangerous)
        .map(({ model, verbs, methods }) =>
          warning(`The API ${api.database}/${api.name} may ${whatMay(verbs, methods)} ${model}, marked dangerous.`, {
            why: 'That model decides who may do what in Odoo, or holds secrets.',
            next: 'Make sure that it is still meant.',
          }),
        ),
    ),
  ]
  return findings.length === 0 ? [ok(`${apis.length} APIs, none with anything odd.`)] : findings
}

function whatMay(verbs: readonly string[], methods: readonly string[]): string {
  return methods.length === 0 && verbs.every((verb) => verb === 'read') ? 'read' : 'write to'
}
