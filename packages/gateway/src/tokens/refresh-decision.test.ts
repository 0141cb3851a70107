import { describe, expect, test } from 'vitest'
import { hashSecret } from '../kernel/hash.ts'
import type { Consumption, RefreshToken } from '../store/refresh-tokens.ts'
import { sampleGrant, sampleRefreshToken } from '../store/testing/records.ts'
import { decideAccess, decideRefresh, type ExpectedOwner, type RefreshFacts } from './refresh-decision.ts'

// Issued at 1 000 and good until 100 000; where it is used, at 50 000 with a grace window until 60 000. The grant is
// good until 1 000 000.
const grant = sampleGrant()
const unused: RefreshToken = { ...sampleRefreshToken(), consumed: undefined }
const successor: RefreshToken = {
  ...sampleRefreshToken({ hash: hashSecret('successor'), issuedAtMs: 50_000, expiresAtMs: 150_000 }),
  consumed: undefined,
}
const consumption: Consumption = {
  consumedAtMs: 50_000,
  successorHash: successor.hash,
  successorSealed: 'sealed',
  graceUntilMs: 60_000,
}
const used: RefreshToken = { ...unused, consumed: consumption }
const usedAndWiped: RefreshToken = { ...unused, consumed: { ...consumption, successorSealed: undefined } }
const usedSuccessor: RefreshToken = {
  ...successor,
  consumed: { ...consumption, consumedAtMs: 51_000, successorHash: hashSecret('third'), graceUntilMs: 61_000 },
}
const ended = sampleGrant({ endedAtMs: 40_000, endedReason: 'signed out' })

type Case = {
  readonly name: string
  readonly facts: Partial<RefreshFacts>
  readonly expected?: ExpectedOwner
  readonly nowMs: number
  /** What rotating is decided as, and what asking for an access token is. */
  readonly rotates: string
  readonly access: string
}

const cases: readonly Case[] = [
  { name: 'unused', facts: {}, nowMs: 2_000, rotates: 'rotate', access: 'issue' },
  { name: 'unused, in its last millisecond', facts: {}, nowMs: 99_999, rotates: 'rotate', access: 'issue' },
  { name: 'unused, at its end', facts: {}, nowMs: 100_000, rotates: 'refuse expired', access: 'refuse expired' },
  {
    name: 'unknown',
    facts: { token: undefined },
    nowMs: 2_000,
    rotates: 'refuse unknown',
    access: 'refuse unknown',
  },
  {
    name: 'without its grant',
    facts: { grant: undefined },
    nowMs: 2_000,
    rotates: 'refuse unknown',
    access: 'refuse unknown',
  },
  {
    name: 'of an ended grant',
    facts: { grant: ended },
    nowMs: 41_000,
    rotates: 'refuse grant_over',
    access: 'refuse grant_over',
  },
  {
    name: 'of a grant at its end',
    facts: { grant: sampleGrant({ expiresAtMs: 90_000 }) },
    nowMs: 90_000,
    rotates: 'refuse grant_over',
    access: 'refuse grant_over',
  },
  { name: 'used, at once', facts: { token: used, successor }, nowMs: 50_000, rotates: 'repeat', access: 'issue' },
  {
    name: 'used, in the last millisecond of the window',
    facts: { token: used, successor },
    nowMs: 59_999,
    rotates: 'repeat',
    access: 'issue',
  },
  {
    name: 'used, when the window ends',
    facts: { token: used, successor },
    nowMs: 60_000,
    rotates: 'reuse',
    access: 'reuse',
  },
  {
    name: 'used, long after its own end too',
    facts: { token: used, successor },
    nowMs: 500_000,
    rotates: 'reuse',
    access: 'reuse',
  },
  {
    name: 'used, in the window but past its own end',
    facts: { token: { ...used, expiresAtMs: 50_001 }, successor },
    nowMs: 55_000,
    rotates: 'repeat',
    access: 'issue',
  },
  {
    name: 'used, its successor used too, in the window',
    facts: { token: used, successor: usedSuccessor },
    nowMs: 55_000,
    rotates: 'refuse successor_used',
    access: 'issue',
  },
  {
    name: 'used, its successor used and wiped, in the window',
    facts: { token: usedAndWiped, successor: usedSuccessor },
    nowMs: 55_000,
    rotates: 'refuse successor_used',
    access: 'issue',
  },
  {
    name: 'used, its successor used too, after the window',
    facts: { token: usedAndWiped, successor: usedSuccessor },
    nowMs: 60_000,
    rotates: 'reuse',
    access: 'reuse',
  },
  {
    name: 'used, its sealed successor wiped by a node whose clock is ahead',
    facts: { token: usedAndWiped, successor },
    nowMs: 59_000,
    rotates: 'refuse successor_gone',
    access: 'issue',
  },
  {
    name: 'used, its successor past its own short life, in the window',
    facts: { token: used, successor: { ...successor, expiresAtMs: 52_000 } },
    nowMs: 52_000,
    rotates: 'refuse expired',
    access: 'issue',
  },
  {
    name: 'used, of an ended grant, in the window: ended grants have no grace',
    facts: { token: used, successor, grant: ended },
    nowMs: 55_000,
    rotates: 'refuse grant_over',
    access: 'refuse grant_over',
  },
  {
    name: 'used, of an ended grant, after the window: there is nothing left to revoke',
    facts: { token: used, successor, grant: ended },
    nowMs: 70_000,
    rotates: 'refuse grant_over',
    access: 'refuse grant_over',
  },
  {
    name: 'of the grant and the client that are expected',
    facts: {},
    expected: { grantId: 'gr_sample', clientId: 'odoo-jwt' },
    nowMs: 2_000,
    rotates: 'rotate',
    access: 'issue',
  },
  {
    name: 'of another grant than expected',
    facts: {},
    expected: { grantId: 'gr_other' },
    nowMs: 2_000,
    rotates: 'refuse another_grant',
    access: 'refuse another_grant',
  },
  {
    name: 'of another client than expected',
    facts: {},
    expected: { clientId: 'send-request' },
    nowMs: 2_000,
    rotates: 'refuse another_client',
    access: 'refuse another_client',
  },
  {
    name: 'used, repeated by another client in the window',
    facts: { token: used, successor },
    expected: { clientId: 'send-request' },
    nowMs: 55_000,
    rotates: 'refuse another_client',
    access: 'refuse another_client',
  },
  {
    name: 'used, presented by another client after the window: it cannot end a grant that is not its own',
    facts: { token: used, successor },
    expected: { clientId: 'send-request' },
    nowMs: 70_000,
    rotates: 'refuse another_client',
    access: 'refuse another_client',
  },
]

describe('a refresh token that is', () => {
  test.each(cases)(
    '$name: rotation is $rotates, access is $access',
    ({ facts, expected = {}, nowMs, rotates, access }) => {
      const all: RefreshFacts = { token: unused, successor: undefined, grant, ...facts }
      expect(summary(decideRefresh(all, expected, nowMs))).toBe(rotates)
      expect(summary(decideAccess(all, expected, nowMs))).toBe(access)
    },
  )

  test('repeated: the decision carries the successor and its sealed copy', () => {
    expect(decideRefresh({ token: used, successor, grant }, {}, 55_000)).toEqual({
      kind: 'repeat',
      successor,
      sealed: 'sealed',
      grant,
    })
  })

  test('reused: the decision carries the grant to revoke', () => {
    expect(decideRefresh({ token: used, successor, grant }, {}, 60_000)).toEqual({ kind: 'reuse', grant })
  })
})

function summary(decision: { readonly kind: string; readonly reason?: string }): string {
  return decision.reason === undefined ? decision.kind : `${decision.kind} ${decision.reason}`
}
