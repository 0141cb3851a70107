/** Who calls: a caller whose grant names an Odoo user. */
export type UserPrincipal = {
  readonly kind: 'user'
  /** The Odoo database. */
  readonly database: string
  /** The id of the Odoo user (`res.users`). */
  readonly uid: number
  /** The login of the Odoo user. */
  readonly login: string
  /** The grant that the credential belongs to: one sign-in. */
  readonly grantId: string
  /** The name of the API (the door) that the grant was made for. */
  readonly api: string
  /** The client that the grant was made for. */
  readonly clientId: string
  /** What the grant may do at most: `<model>:<verb>`, `*:<verb>`, … */
  readonly scopes: readonly string[]
  /** Member of Odoo's Settings group at sign-in. Decides only how much an error explains, never a right. */
  readonly administrator: boolean
}
