import { printDomain } from '@odoo-gatehouse/odoo/domain'
import { describe, expect, test } from 'vitest'
import { type Denied, decide, refusal } from './decide.ts'
import { callerOf } from './policy.fixture.ts'
import { RECORD_VERBS, type RecordVerb } from './verb.ts'

const READ_ONLY = [{ model: 'res.country', verbs: ['read'] }]

function denied(decision: ReturnType<typeof decide>): Denied {
  if (decision.kind !== 'denied') throw new Error('The decision allows it.')
  return decision
}

describe('decide', () => {
  test('an API without exposures denies everything', () => {
    for (const verb of RECORD_VERBS) {
      expect(decide(callerOf([]), verb, 'res.partner')).toMatchObject({ code: 'model.not_exposed' })
    }
  })

  test('a verb is allowed only where the exposure has it', () => {
    const kinds = RECORD_VERBS.map((verb) => decide(callerOf(READ_ONLY), verb, 'res.country').kind)
    expect(kinds).toEqual(['allowed', 'denied', 'denied', 'denied'])
  })

  test.each(['constructor', '__proto__', 'hasOwnProperty', ''])('a model named "%s" is not exposed', (model) => {
    expect(decide(callerOf(READ_ONLY), 'read', model)).toMatchObject({ code: 'model.not_exposed' })
  })

  test.each<[string, string[], RecordVerb, string]>([
    ['no scope', [], 'read', 'scope.insufficient'],
    ['scopes of other kinds', ['openid', 'offline_access', 'read'], 'read', 'scope.insufficient'],
    ['another verb', ['res.partner:update'], 'read', 'scope.insufficient'],
    ['another model', ['res.country:read'], 'read', 'scope.insufficient'],
    ['a model whose name begins alike', ['res.partner.bank:read'], 'read', 'scope.insufficient'],
    ['a star in the name', ['res.*:read'], 'read', 'scope.insufficient'],
    ['this very model and verb', ['res.partner:read'], 'read', 'allowed'],
    ['any model', ['*:read'], 'read', 'allowed'],
    ['a verb beyond the exposure', ['*:delete', 'res.partner:delete'], 'delete', 'verb.not_exposed'],
  ])('scopes narrow the API and never widen it: %s', (_, scopes, verb, outcome) => {
    const caller = callerOf([{ model: 'res.partner', verbs: ['read', 'update'] }], { scopes })
    const decision = decide(caller, verb, 'res.partner')
    expect(decision.kind === 'allowed' ? 'allowed' : decision.code).toBe(outcome)
  })

  test.each([
    ['a verb on every model', ['*:read'], 'read', 'allowed'],
    ['a verb on this model', ['res.partner:update', 'res.country:read'], 'update', 'allowed'],
    ['another verb', ['*:read'], 'update', 'scope.insufficient'],
    ['another model', ['res.country:read'], 'read', 'scope.insufficient'],
  ] as const)(
    'the scopes of the API bound every token, also one that was made before: %s',
    (_, scopes, verb, outcome) => {
      const { principal, api } = callerOf([{ model: 'res.partner', verbs: ['read', 'update'] }])
      const decision = decide({ principal, api: { ...api, scopes } }, verb, 'res.partner')
      expect(decision.kind === 'allowed' ? 'allowed' : decision.code).toBe(outcome)
    },
  )

  test('the row filter is the forced domain for this caller', () => {
    const caller = callerOf([{ model: 'res.partner', verbs: ['read'], forcedDomain: [['user_id', '=', '$uid']] }], {
      uid: 9,
    })
    const decision = decide(caller, 'read', 'res.partner')
    expect(decision.kind === 'allowed' && decision.rowFilter && printDomain(decision.rowFilter)).toEqual([
      ['user_id', '=', 9],
    ])
  })
})

describe('refusal', () => {
  test('a model that Odoo has and one that it has not are refused with one body', () => {
    const caller = callerOf(READ_ONLY)
    const bodies = ['res.groups', 'no.such'].map((model) => {
      const error = refusal(denied(decide(caller, 'read', model)), caller)
      return {
        status: error.status,
        code: error.code,
        word: error.word,
        data: error.data,
        text: error.message.replace(model, 'M'),
      }
    })
    expect(bodies[0]).toEqual(bodies[1])
    expect(bodies[0]).toMatchObject({ status: 403, code: 'model.not_exposed' })
  })

  test('a name that can be no model is not repeated', () => {
    const caller = callerOf(READ_ONLY)
    const name = '<script>alert(1)</script>'
    expect(refusal(denied(decide(caller, 'read', name)), caller).message).not.toContain('script')
  })

  test.each<[RecordVerb, string, string]>([
    ['read', 'no.such', 'gatehouse api expose shop no.such --verbs read --database demo'],
    ['delete', 'res.country', 'gatehouse api expose shop res.country --verbs read,delete --database demo'],
  ])('only administrators are told how to open what is closed (%s %s)', (verb, model, command) => {
    const message = (administrator: boolean) => {
      const caller = callerOf(READ_ONLY, { administrator })
      return refusal(denied(decide(caller, verb, model)), caller).message
    }
    expect(message(true)).toContain(`To open it, run \`${command}\``)
    expect(message(true)).toContain('in the settings file')
    expect(message(false)).not.toContain('To open it')
  })

  test('a verb and a scope are 403 with codes of their own', () => {
    const caller = callerOf(READ_ONLY, { scopes: ['*:update'] })
    expect(refusal(denied(decide(caller, 'update', 'res.country')), caller)).toMatchObject({
      status: 403,
      code: 'verb.not_exposed',
    })
    expect(refusal(denied(decide(caller, 'read', 'res.country')), caller)).toMatchObject({
      status: 403,
      code: 'scope.insufficient',
    })
  })
})
