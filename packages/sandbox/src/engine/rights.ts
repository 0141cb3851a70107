/** The four things that rights and rules are about. */
export type Operation = 'read' | 'write' | 'create' | 'unlink'

/** A right on a model: the group that has it (`null` is everybody) and the letters of what it may do. */
export type AccessRow = readonly [model: string, group: string | null, may: string]

/** What the domains of rules are written with. */
export type RuleScope = {
  readonly uid: number
  readonly partnerId: number
  readonly commercialPartnerId: number
  readonly companyIds: readonly number[]
  /** The value of a dotted name of a rule's text: `user.partner_id.id`. */
  readonly named: (name: string) => unknown
}

/**
 * A record rule: who it is for (nobody named: everybody, and then it always holds), what it is for, and which records it
 * leaves. Rules without groups are joined by AND; of those with groups, one that the user belongs to suffices (odoo 18.0
 * ir_rule.py, _compute_domain).
 */
export type RecordRule = {
  readonly model: string
  readonly name: string
  readonly groups: readonly string[]
  readonly for: readonly Operation[]
  readonly domain: (scope: RuleScope) => unknown[]
}
