/** Something about a command that its user can mend: told as one sentence that says what to do. Exit code 1. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
}
