/** Why Odoo did not take an API key: it is not good (any more), or too many failures came from this address. */
export type KeyRefusal = 'denied' | 'cooldown'

const SENTENCES = {
  denied: 'Odoo refuses the API key.',
  cooldown: 'Odoo refuses every API key for a moment, after too many failures.',
} as const satisfies Record<KeyRefusal, string>

/** Odoo did not take the API key; what was asked for was not carried out. */
export class OdooKeyRefused extends Error {
  override readonly name = 'OdooKeyRefused'
  readonly reason: KeyRefusal

  constructor(reason: KeyRefusal) {
    super(SENTENCES[reason])
    this.reason = reason
  }
}
