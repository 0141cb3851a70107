import type { OdooVersion } from '../version/odoo-version.ts'
import { readSections } from './read-facts.ts'

/** The public methods of a real server by model; what every model has is under `base`, which is no model of its own here. */
export type RealMethods = ReadonlyMap<string, ReadonlySet<string>>

/**
 * Reads which public methods the models of a real server of the version have (`data/methods/methods-<version>.jsonl`):
 * those that clients may call, whether or not anybody would. It is read when it is first asked for: few callers need it.
 */
export function readRealMethods(version: OdooVersion): RealMethods {
  return new Map(
    readSections(`methods/methods-${version}.jsonl`).map(({ head }) => {
      // The file is part of the program; its shape is checked by a test.
      const { model, methods } = head as { readonly model: string; readonly methods: readonly string[] }
      return [model, new Set(methods)]
    }),
  )
}

/** Whether a model of a real server has a public method of that name. */
export function isRealMethod(real: RealMethods, model: string, method: string): boolean {
  return real.get('base')?.has(method) === true || real.get(model)?.has(method) === true
}
