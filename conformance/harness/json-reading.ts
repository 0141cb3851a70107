/** A JSON object that was checked to be one. */
export type JsonMembers = Readonly<Record<string, unknown>>

/** The value as an object; throws with the value in the message, so that a failed test says what came instead. */
export function objectOf(value: unknown): JsonMembers {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unexpected('an object', value)
  return value as JsonMembers // Every non-null object that is no array has members by name.
}

/** The member as an object. */
export function objectAt(value: unknown, name: string): JsonMembers {
  return objectOf(objectOf(value)[name])
}

/** The member as a list. */
export function listAt(value: unknown, name: string): readonly unknown[] {
  const member = objectOf(value)[name]
  if (!Array.isArray(member)) throw unexpected(`a list in ${name}`, value)
  return member
}

/** The member as text. */
export function textAt(value: unknown, name: string): string {
  const member = objectOf(value)[name]
  if (typeof member !== 'string') throw unexpected(`text in ${name}`, value)
  return member
}

/** The member as a number. */
export function numberAt(value: unknown, name: string): number {
  const member = objectOf(value)[name]
  if (typeof member !== 'number') throw unexpected(`a number in ${name}`, value)
  return member
}

function unexpected(expected: string, value: unknown): Error {
  return new Error(`expected ${expected}, got ${JSON.stringify(value)?.slice(0, 500)}`)
}
