import type { Engine } from '../engine/contract.ts'
import { systemParameter } from '../engine/system-parameter.ts'
import { accessDenied, OdooFault } from '../fault/odoo-fault.ts'
import { pythonInt } from '../value/python-int.ts'

/** Addresses whose failures are remembered; the oldest go first. */
const ADDRESSES_MAX = 10_000

type Failures = { readonly count: number; readonly lastMs: number }

/** By address. Odoo keeps them in the memory of a worker too. */
const failures = new WeakMap<Engine, Map<string, Failures>>()

/**
 * Runs a sign-in by password or code from an address. After so many refusals in a row (`base.login_cooldown_after`, 0 is
 * never) it is refused unseen until so many seconds went by since the last (`base.login_cooldown_duration`); a success
 * forgets them. Sign-ins over RPC do not come by here (odoo 18.0 res_users.py, _assert_can_auth).
 */
export function withCooldown<T>(engine: Engine, address: string, signIn: () => T): T {
  const ofEngine = failures.get(engine) ?? new Map<string, Failures>()
  failures.set(engine, ofEngine)
  const known = ofEngine.get(address)
  if (known !== undefined && isCooling(engine, known)) {
    throw accessDenied('Too many login failures, please wait a bit before trying again.')
  }
  try {
    const result = signIn()
    ofEngine.delete(address)
    return result
  } catch (error) {
    if (error instanceof OdooFault && error.exception === 'odoo.exceptions.AccessDenied') {
      ofEngine.delete(address)
      ofEngine.set(address, { count: (known?.count ?? 0) + 1, lastMs: engine.nowMs() })
      const oldest = ofEngine.keys().next()
      if (ofEngine.size > ADDRESSES_MAX && !oldest.done) ofEngine.delete(oldest.value)
    }
    throw error
  }
}

function isCooling(engine: Engine, { count, lastMs }: Failures): boolean {
  const after = wholeParameter(engine, 'base.login_cooldown_after', 5)
  if (after === 0 || count < after) return false
  return engine.nowMs() - lastMs < wholeParameter(engine, 'base.login_cooldown_duration', 60) * 1000
}

function wholeParameter(engine: Engine, key: string, usual: number): number {
  const value = systemParameter(engine, key)
  return value === undefined ? usual : pythonInt(value)
}
