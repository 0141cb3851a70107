/** What clients send when they have nothing: a variable of theirs that was not set. */
const ABSENT = new Set(['', 'null', 'undefined'])

/** The longest of them; nothing that is absent is long, and no token is short. */
const LENGTH_MAX = 'undefined'.length

/** Whether a credential, without the space around it, says that there is none. */
export function isAbsent(credential: string): boolean {
  return credential.length <= LENGTH_MAX && ABSENT.has(credential.toLowerCase())
}
