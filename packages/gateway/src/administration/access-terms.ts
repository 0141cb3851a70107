import { isNetwork } from '../kernel/networks.ts'
import type { ApiInput } from '../policy/api.ts'
import { isRecordScope, scopesGrant } from '../policy/scope.ts'
import { VERBS, type Verb } from '../policy/verb.ts'
import { administrationErrors } from './errors.ts'

/** What a key or a client may do, through which API and from where. */
export type AccessTerms = {
  readonly name: string
  readonly api: ApiInput
  readonly scopes: readonly string[]
  readonly addresses: readonly string[]
}

/** The longest name of a key or a client. Characters. */
export const NAME_LENGTH_MAX = 100

/** The most scopes of one. */
export const SCOPES_MAX = 1000

/** The most addresses and networks of one. */
export const ADDRESSES_MAX = 1000

/**
 * Refuses terms that mean nothing, or less than whoever wrote them may believe.
 *
 * @throws admin.invalid with the member that is wrong
 */
export function checkAccessTerms({ name, api, scopes, addresses }: AccessTerms): void {
  if (!isName(name)) {
    throw invalid('name', `A name has 1 to ${NAME_LENGTH_MAX} characters, none of them a control character.`)
  }
  if (addresses.length > ADDRESSES_MAX) throw invalid('addresses', `At most ${ADDRESSES_MAX} addresses can be listed.`)
  for (const address of addresses) {
    if (isNetwork(address)) continue
    throw invalid('addresses', 'An address is an IP address or a network such as 10.0.0.0/8 or 2001:db8::/32.')
  }
  if (scopes.length === 0 || scopes.length > SCOPES_MAX) {
    throw invalid('scopes', `Name 1 to ${SCOPES_MAX} scopes, such as res.partner:read or *:read.`)
  }
  for (const scope of scopes) checkScope(scope, api)
}

/** A scope that the API can never fulfil would be taken for one that it does. */
function checkScope(scope: string, api: ApiInput): void {
  if (!isRecordScope(scope)) {
    throw invalid('scopes', `A scope is a model or "*" and one of ${VERBS.join(', ')}, such as res.partner:read.`)
  }
  const colon = scope.lastIndexOf(':')
  const model = scope.slice(0, colon)
  // `isRecordScope` has looked at it.
  const verb = scope.slice(colon + 1) as Verb
  const exposure = api.exposures.find((one) => one.model === model)
  const isExposed =
    verb === 'call' ? (exposure?.methods.length ?? 0) > 0 : (exposure?.verbs as readonly Verb[])?.includes(verb)
  if (model !== '*' && !isExposed) {
    const verbs = [...new Set<Verb>([...(exposure?.verbs ?? []), verb])].join(',')
    const way =
      verb === 'call'
        ? 'list the methods in its policy first (docs/policy.md)'
        : `open it first (\`gatehouse api expose ${api.name} ${model} --verbs ${verbs}\`)`
    throw invalid('scopes', `The API "${api.name}" does not allow ${scope}: ${way}.`)
  }
  if (api.scopes !== undefined && !scopesGrant(api.scopes, model, verb)) {
    throw invalid('scopes', `The API "${api.name}" never gives ${scope}: its own scopes are ${api.scopes.join(', ')}.`)
  }
}

function isName(name: string): boolean {
  return name.trim() !== '' && name.length <= NAME_LENGTH_MAX && !/\p{Cc}/u.test(name)
}

function invalid(field: string, message: string): Error {
  return administrationErrors['admin.invalid']({ message, data: { field } })
}
