import type { Command } from 'commander'
import type { OdooProof } from '../../upstream/prove-odoo-user.ts'
import { CommandError } from './frame.ts'
import { readSecret } from './read-secret.ts'

/** How a command is told what to act as an Odoo user with. */
export type ProofOptions = {
  readonly passwordStdin?: boolean
  readonly odooKeyStdin?: boolean
  readonly mint?: boolean
}

/** How long Odoo 18 and later keep a key that was made here; more than that only members of Settings may ask for. Days. */
export const MINTED_DAYS = 90

/** The three options of `ProofOptions`. */
export function addProofOptions(command: Command): Command {
  return command
    .option('--password-stdin', "read the user's password from standard input and keep it, sealed")
    .option('--odoo-key-stdin', 'read an API key of Odoo from standard input and keep it, sealed')
    .option('--mint', `read the password, have Odoo make an API key with it (${MINTED_DAYS} days), keep only that key`)
}

/** True when one of the options was given. */
export function hasProof({ passwordStdin, odooKeyStdin, mint }: ProofOptions): boolean {
  return [passwordStdin, odooKeyStdin, mint].some((given) => given === true)
}

/**
 * What the options ask for, with the secret from standard input.
 *
 * @param name under which Odoo lists a key that is made
 * @throws CommandError unless just one was given
 */
export async function readProof(options: ProofOptions, login: string, name: string): Promise<OdooProof> {
  const { passwordStdin, odooKeyStdin, mint } = options
  if ([passwordStdin, odooKeyStdin, mint].filter((given) => given === true).length !== 1) {
    throw new CommandError(
      `Say what it acts as "${login}" with: one of --password-stdin, --odoo-key-stdin and --mint, and the secret on standard input.`,
    )
  }
  if (odooKeyStdin) return { kind: 'odoo_api_key', key: (await readSecret(`an Odoo API key of ${login}`)).trim() }
  const password = await readSecret(`the Odoo password of ${login}`)
  return mint ? { kind: 'mint', password, name, durationDays: MINTED_DAYS } : { kind: 'password', password }
}
