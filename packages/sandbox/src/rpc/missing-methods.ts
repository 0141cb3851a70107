import { isRealMethod, type RealMethods, readRealMethods } from '../schema/real-methods.ts'
import type { OdooVersion } from '../version/odoo-version.ts'

/** A method that a real Odoo of the version has and the sandbox has not. */
export type MissingMethod = { readonly odooVersion: OdooVersion; readonly model: string; readonly method: string }

/**
 * Tells methods that the sandbox lacks from those that nobody has: to its client both look like Odoo's own refusal, since
 * a front end must meet that one, too. Each is told once.
 */
export function tellMissing(
  odooVersion: OdooVersion,
  onMissing: (missing: MissingMethod) => void,
): (model: string, method: string) => void {
  let real: RealMethods | undefined
  const told = new Set<string>()
  return (model, method) => {
    real ??= readRealMethods(odooVersion)
    const name = `${model}.${method}`
    if (told.has(name) || !isRealMethod(real, model, method)) return
    told.add(name)
    onMissing({ odooVersion, model, method })
  }
}
