import type { Engine } from '../engine/contract.ts'
import { userError } from '../fault/odoo-fault.ts'
import { pythonText } from '../value/python-text.ts'
import { setPassword } from './password.ts'

/** Gives a user the password that somebody typed, without the blanks around it; refuses an empty one. */
export function newPassword(engine: Engine, uid: number, typed: unknown): void {
  const password = pythonText(typed).trim()
  if (!typed || password === '') throw userError('Setting empty passwords is not allowed for security reasons!')
  setPassword(engine, uid, password)
}
