/** How many failures are let through in a window. */
export type FailureLimit = { readonly failures: number; readonly windowSeconds: number }

/** The limits of failed credential checks (CONTRACT §0, throttling). */
export type ThrottleLimits = {
  /** Of one account from one address. */
  readonly accountAddress: FailureLimit
  /** From one address. */
  readonly address: FailureLimit
  /** Of one account from everywhere; beyond it, only addresses that are known are let through. */
  readonly account: FailureLimit
  /**
   * In one database, where its Odoo takes everybody for one address; beyond it, only addresses that are known are let
   * through. Below the ten failures after which Odoo pauses for everybody.
   */
  readonly database: FailureLimit
  /** How long an address is known after a success. Days. */
  readonly knownAddressDays: number
}
