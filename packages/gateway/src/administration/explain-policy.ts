import { compileApi } from '../policy/compile-api.ts'
import { explain, type PolicyExplanation, type PolicyQuestion } from '../policy/explain.ts'
import { listGrants } from '../store/grants.ts'
import type { PolicyDeps } from './apply-policy.ts'
import { type ApiPlace, requireEffectiveApi } from './set-api.ts'

/** A question about an API that is in effect; the user by id or by login. */
export type PolicyQuestionAsked = PolicyQuestion & { readonly login?: string | undefined }

/**
 * The answer, and for which user it is. One who is named by login is known only once they have signed in: `userKnown`
 * is false before, and the answer is that for anybody.
 */
export type PolicyAnswer = PolicyExplanation & {
  readonly uid: number | undefined
  readonly userKnown?: boolean
}

/**
 * Says what a call would meet, without making it.
 *
 * @throws admin.not_found for an API that there is not
 */
export async function explainPolicy(
  place: ApiPlace,
  { login, ...question }: PolicyQuestionAsked,
  deps: Pick<PolicyDeps, 'store' | 'given' | 'clock'>,
): Promise<PolicyAnswer> {
  const { api } = await requireEffectiveApi(place, deps)
  const uid = question.uid ?? (login === undefined ? undefined : await uidOf(place.database, login, deps))
  const known = login === undefined ? {} : { userKnown: uid !== undefined }
  return { ...explain(compileApi(api), { ...question, uid }), uid, ...known }
}

/** Of a sign-in that is remembered: Odoo is not asked, since there is nobody to ask as. */
async function uidOf(
  database: string,
  login: string,
  { store, clock }: Pick<PolicyDeps, 'store' | 'clock'>,
): Promise<number | undefined> {
  const [grant] = await listGrants(store.db, { database, login }, { nowMs: clock.nowMs(), limit: 1 })
  return grant?.uid
}
