import type { AddCommands } from '../command-line/frame.ts'
import { addApiCommands } from './api.ts'
import { addAuditCommands } from './audit.ts'
import { addBackupCommands } from './backup.ts'
import { addClientCommands } from './client.ts'
import { addDoctorCommand } from './doctor.ts'
import { addGrantCommands } from './grant.ts'
import { addKeyCommands } from './key.ts'
import { addOwnerCommands } from './owner.ts'
import { addPolicyCommands } from './policy.ts'
import { addSecretCommands } from './secret.ts'
import { addSigningKeyCommands } from './signing-key.ts'

/** Every subject, in the order in which `--help` lists them. */
export const COMMANDS: readonly AddCommands[] = [
  addApiCommands,
  addPolicyCommands,
  addKeyCommands,
  addClientCommands,
  addGrantCommands,
  addSigningKeyCommands,
  addSecretCommands,
  addOwnerCommands,
  addAuditCommands,
  addBackupCommands,
  addDoctorCommand,
]
