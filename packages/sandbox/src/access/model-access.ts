import type { Engine, Operation } from '../engine/contract.ts'

const LETTERS = { read: 'r', write: 'w', create: 'c', unlink: 'u' } as const satisfies Record<Operation, string>

/** The groups that may do it, in the order in which refusals list them; `null` among them is everybody. */
export function groupsThatMay(engine: Engine, model: string, operation: Operation): readonly (string | null)[] {
  const letter = LETTERS[operation]
  const rows = engine.access.get(model) ?? []
  return rows.filter(([, , may]) => may.includes(letter)).map(([, group]) => group)
}
