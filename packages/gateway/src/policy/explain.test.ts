import { describe, expect, test } from 'vitest'
import { ApiInput } from './api.ts'
import { compileApi } from './compile-api.ts'
import { explain, type PolicyQuestion } from './explain.ts'

const api = compileApi(
  ApiInput.parse({
    name: 'shop',
    database: 'demo',
    scopes: ['res.partner:read', 'res.partner:create', 'project.task:create', 'project.task:update', 'sale.order:read'],
    exposures: [
      { model: 'res.partner', verbs: ['read', 'create'], forcedDomain: "[('user_id', '=', '$uid')]", limitMax: 20 },
      { model: 'project.task', verbs: ['create', 'update'], forcedDomain: "[('stage_id.fold', '=', False)]" },
      { model: 'project.tags', verbs: ['read'], readableFields: ['name'] },
      { model: 'sale.order', verbs: ['read'], forcedDomain: "[('company_id', '=', '$company_id')]" },
    ],
  }),
)

describe('a question about a policy', () => {
  test.each<[string, PolicyQuestion, string, RegExp]>([
    ['what is exposed', { model: 'res.partner', verb: 'read' }, 'exposed', /exposes "res.partner" for "read"/],
    ['an unknown model', { model: 'res.bank', verb: 'read' }, 'model.not_exposed', /does not expose "res.bank"/],
    ['another verb', { model: 'res.partner', verb: 'delete' }, 'verb.not_exposed', /for read, create, and not for/],
    ["the API's scopes", { model: 'project.tags', verb: 'read' }, 'scope.insufficient', /its own "scopes"/],
    [
      "the sign-in's scopes",
      { model: 'res.partner', verb: 'read', scopes: ['res.partner:create'] },
      'scope.insufficient',
      /scopes of the sign-in/,
    ],
    [
      'a new record beside the domain',
      { model: 'project.task', verb: 'create' },
      'domain.create_refused',
      /other than/,
    ],
    ['a change in the same domain', { model: 'project.task', verb: 'update' }, 'exposed', /exposes "project.task"/],
  ])('%s is answered with its reason', (_name, question, reason, why) => {
    const answer = explain(api, question)
    expect(answer).toMatchObject({ allowed: reason === 'exposed', reason })
    expect(answer.why).toMatch(why)
  })

  test('shows the bounds, for the user that is named', () => {
    const asked = { model: 'res.partner', verb: 'read' } as const
    expect(explain(api, asked).exposure).toMatchObject({ forcedDomain: [['user_id', '=', '$uid']], limitMax: 20 })
    expect(explain(api, { ...asked, uid: 6 }).exposure).toMatchObject({
      forcedDomain: [['user_id', '=', 6]],
      forcedFields: ['user_id'],
      readableFields: 'all',
    })
  })

  test('leaves open what only Odoo knows', () => {
    const { exposure } = explain(api, { model: 'sale.order', verb: 'read', uid: 6 })
    expect(exposure?.forcedDomain).toEqual([['company_id', '=', '$company_id']])
  })

  test('shows nothing of a model that is not exposed', () => {
    expect(explain(api, { model: 'res.bank', verb: 'read' }).exposure).toBeUndefined()
  })
})
